import { useState } from 'preact/hooks';
import { encode } from 'uqr';
import { say, type Words } from '../../utils/words/words.ts';
import { writePhone } from '../parts/format.ts';
import { callLink, textLink } from './links.ts';

interface PhoneCodeProps {
  words: Words;
  /** Empty: only the message is carried, and the phone asks whom to send it to. */
  phone: string;
  /** Without it, the code only calls. */
  text?: string;
  /** Whether the code is seen without a click. */
  isOpenFirst?: boolean | undefined;
}

/** A QR code that carries a call or a message to the reader's own phone, since a computer often cannot call. */
export function PhoneCode({ words, phone, text, isOpenFirst = false }: PhoneCodeProps) {
  const [isOpen, setOpen] = useState(isOpenFirst);
  return (
    <details open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{say(words, 'qr_title')}</summary>
      {isOpen ? <Code words={words} phone={phone} {...(text === undefined ? {} : { text })} /> : null}
    </details>
  );
}

function Code({ words, phone, text }: Omit<PhoneCodeProps, 'isOpenFirst'>) {
  const [way, setWay] = useState<'call' | 'sms'>(phone === '' ? 'sms' : 'call');
  const link = way === 'call' || text === undefined ? callLink(phone) : textLink(phone, text);
  return (
    <div class="stack">
      {phone === '' || text === undefined ? null : (
        <div class="row even" role="group" aria-label={say(words, 'qr_way')}>
          <button type="button" aria-pressed={way === 'call'} onClick={() => setWay('call')}>
            {say(words, 'qr_call')}
          </button>
          <button type="button" aria-pressed={way === 'sms'} onClick={() => setWay('sms')}>
            {say(words, 'qr_sms')}
          </button>
        </div>
      )}
      <QrPicture link={link} name={say(words, 'qr_picture')} />
      <p class="small">
        {way === 'call' ? say(words, 'qr_call_hint', { phone: writePhone(phone) }) : say(words, 'qr_sms_hint')}
      </p>
    </div>
  );
}

/** Drawn as one path rather than set as markup, so that no page's Trusted Types can forbid it. */
function QrPicture({ link, name }: { link: string; name: string }) {
  const { data, size } = encode(link, { ecc: 'L', border: 3 });
  const path = data.flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : ''))).join('');
  return (
    <svg class="qr" viewBox={`0 0 ${size} ${size}`} shape-rendering="crispEdges" role="img" aria-label={name}>
      <rect width={size} height={size} fill="#ffffff" />
      <path d={path} fill="#000000" />
    </svg>
  );
}
