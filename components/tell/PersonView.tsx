import { useId, useState } from 'preact/hooks';
import type { Person } from '../../utils/help/model.ts';
import { say, type Words } from '../../utils/words/words.ts';
import { writePhone } from '../parts/format.ts';
import { ViewHead } from '../parts/ViewHead.tsx';
import { type SentenceKey, SENTENCES } from './choices.ts';
import { callLink, mailLink, textLink, zaloLink } from './links.ts';
import { PhoneCode } from './PhoneCode.tsx';

interface PersonViewProps {
  words: Words;
  /** Undefined: somebody who is not saved. */
  person: Person | undefined;
  /** The sentence that stands there first. */
  first: SentenceKey;
  /** Whether the computer is many people's. */
  isShared?: boolean | undefined;
  onBack: () => void;
  onCopy: (text: string) => Promise<boolean>;
}

/** A ready sentence for one person, and the ways to bring it to them. */
export function PersonView({ words, person, first, isShared, onBack, onCopy }: PersonViewProps) {
  const [sentence, setSentence] = useState<SentenceKey>(first);
  const [text, setText] = useState(say(words, first));
  const [copied, setCopied] = useState<boolean | undefined>();
  const id = useId();
  const pick = (key: SentenceKey) => {
    setSentence(key);
    setText(say(words, key));
    setCopied(undefined);
  };
  const title = person === undefined ? say(words, 'tell_to_else') : say(words, 'tell_to', { name: person.name });
  return (
    <div class="tell stack wide">
      <ViewHead words={words} title={title} onBack={onBack} />
      {/*
        Chrome asks its maker what the fields of a form may be for, by hashes of site and form, but not of a search form.
        Some browsers send what is typed to a spelling service.
      */}
      <form class="stack" action="/search" onSubmit={(event) => event.preventDefault()}>
        <label for={`${id}-sentence`}>{say(words, 'tell_sentence')}</label>
        <select
          id={`${id}-sentence`}
          value={sentence}
          onChange={(event) => pick(event.currentTarget.value as SentenceKey)}
        >
          {SENTENCES.map(({ to, keys }) => (
            <optgroup key={to} label={say(words, to)}>
              {keys.map((key) => (
                <option key={key} value={key}>
                  {say(words, key)}
                </option>
              ))}
            </optgroup>
          ))}
        </select>
        <label for={`${id}-text`}>{say(words, 'tell_text')}</label>
        <textarea
          id={`${id}-text`}
          rows={3}
          spellcheck={false}
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
        />
        <button type="button" class="primary" onClick={() => void onCopy(text).then(setCopied, () => setCopied(false))}>
          {say(words, 'tell_copy')}
        </button>
        <p class="small" role="status">
          {copied === undefined ? '' : say(words, copied ? 'tell_copied' : 'tell_copy_failed')}
        </p>
      </form>
      <Ways words={words} person={person} text={text} isShared={isShared} />
    </div>
  );
}

interface WaysProps {
  words: Words;
  person: Person | undefined;
  text: string;
  isShared: boolean | undefined;
}

function Ways({ words, person, text, isShared }: WaysProps) {
  const phone = person?.phone ?? '';
  const email = person?.email ?? '';
  if (phone === '' && email === '')
    return (
      <>
        <p class="small soft">{say(words, 'tell_no_contact')}</p>
        <PhoneCode words={words} phone="" text={text} isOpenFirst={isShared} />
      </>
    );
  return (
    <div class="stack">
      <div class="row even">
        {phone === '' ? null : (
          <>
            <a class="button ways-wide" href={callLink(phone)}>
              {say(words, 'tell_call', { phone: writePhone(phone) })}
            </a>
            <a class="button" href={textLink(phone, text)}>
              {say(words, 'tell_sms')}
            </a>
            <a class="button" href={zaloLink(phone)} target="_blank" rel="noreferrer noopener">
              {say(words, 'tell_zalo')}
            </a>
          </>
        )}
        {email === '' ? null : (
          <a class="button" href={mailLink(email, say(words, 'mail_subject'), text)}>
            {say(words, 'tell_mail')}
          </a>
        )}
      </div>
      {phone === '' ? null : <PhoneCode words={words} phone={phone} text={text} isOpenFirst={isShared} />}
    </div>
  );
}
