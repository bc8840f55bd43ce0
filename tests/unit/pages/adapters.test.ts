import { describe, expect, it } from 'vitest';
import { read, saidIn } from './read.ts';

const zaloRow = (id: number, side: 'Sent' | 'Received', text: string): string => `
  <div class="chat-item${side === 'Sent' ? ' me' : ''}">
    <div id="bb_msg_id_${id}">
      <div data-id="div_${side}Msg_Text" data-qid="9${id}@${id}_77_g55">
        <div class="message-quote-fragment__container">quoted words</div>
        <div data-component="message-text-content">${text}</div>
        <div class="card-send-time">10:05</div>
      </div>
    </div>
  </div>`;

describe('Zalo', () => {
  const page = (rows: string): string =>
    `<div class="msg-item">a preview of another thread</div><div id="messageViewScroll">${rows}</div>
     <div id="chatInput"><div id="richInput" contenteditable="true">my draft</div></div>`;

  it('is read message by message, each with its side, without quotes and times', () => {
    const { rows, reader } = read(
      'https://chat.zalo.me/',
      page(zaloRow(1, 'Received', 'chào em') + zaloRow(2, 'Sent', 'dạ')),
    );
    expect(reader.id).toBe('zalo');
    expect(saidIn(rows)).toEqual([
      ['them', 'chào em'],
      ['me', 'dạ'],
    ]);
    expect(rows.map(({ key }) => key)).toEqual(['1', '2']);
  });

  it('names the conversation by its thread, not by a person', () => {
    expect(read('https://chat.zalo.me/', page(zaloRow(1, 'Received', 'chào em'))).conversation).toBe('g55');
  });

  it('waits while no conversation is open', () => {
    expect(read('https://chat.zalo.me/', '<div id="conversationList">previews</div>').root).toBeUndefined();
  });

  it('leaves out pictures and messages that were taken back', () => {
    const gone =
      '<div id="bb_msg_id_5"><div data-id="div_DisabledTargetEventLayer"><span class="recalled"></span></div></div>';
    expect(read('https://chat.zalo.me/', page(gone)).rows).toEqual([]);
  });

  it('reads only the rows that changed', () => {
    const { reader, root } = read(
      'https://chat.zalo.me/',
      page(zaloRow(1, 'Received', 'chào em') + zaloRow(2, 'Sent', 'dạ')),
    );
    const changed = document.querySelector('#bb_msg_id_2 [data-component]')?.firstChild;
    const rows = root === undefined || changed == null ? [] : reader.rows(root, new Set([changed]));
    expect(rows.map(({ key }) => key)).toEqual(['2']);
  });
});

const messengerRow = (id: string, label: string, text: string): string =>
  `<div data-message-id="${id}" aria-label="${label}"><div dir="auto">${text}</div><span aria-hidden="true">Lan</span></div>`;

describe('Messenger', () => {
  const page = (rows: string): string =>
    `<div role="log">${rows}</div><div role="textbox" contenteditable="true">my draft</div>`;

  it('is read by its accessible labels, which also say whose words they are', () => {
    const { rows, reader } = read(
      'https://www.facebook.com/messages/t/1001',
      page(
        messengerRow('a', 'Lúc 16:15, Hoàng Khang: em ngủ chưa', 'em ngủ chưa') +
          messengerRow('b', 'Lúc 16:16, Bạn: chưa ạ', 'chưa ạ'),
      ),
    );
    expect(reader.id).toBe('messenger');
    expect(saidIn(rows)).toEqual([
      ['them', 'em ngủ chưa'],
      ['me', 'chưa ạ'],
    ]);
  });

  it('is read by its text where a label has another form, as of an unknown side', () => {
    const { rows } = read('https://www.messenger.com/t/1001', page(messengerRow('a', 'Message', 'em ngủ chưa')));
    expect(saidIn(rows)).toEqual([['unknown', 'em ngủ chưa']]);
  });

  it('names the conversation by the address', () => {
    expect(read('https://www.facebook.com/messages/e2ee/t/7', page('')).conversation).toBe('7');
  });

  it('is not what reads the rest of Facebook', () => {
    expect(read('https://www.facebook.com/groups/1/', '').reader).toMatchObject({ id: 'facebook', surface: 'post' });
  });
});

describe('TopCV', () => {
  const address = 'https://www.topcv.vn/viec-lam/kho/1.html';
  const description = 'Đóng gói hàng tại kho, có hợp đồng, có bảo hiểm, làm giờ hành chính, nghỉ chủ nhật mỗi tuần.';

  it('is judged as one advertisement, without menus and without other jobs', () => {
    const { rows } = read(
      address,
      `<main><nav>Menu</nav><h1>Nhân viên kho</h1><p>${description}</p><div class="job-related">Việc khác</div></main>`,
    );
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ from: 'page', text: `Nhân viên kho\n${description}` });
  });

  it('is read from its structured description where there is one', () => {
    const posting = {
      '@context': 'https://schema.org',
      '@type': 'JobPosting',
      title: 'Nhân viên kho',
      hiringOrganization: { name: 'Công ty An' },
      baseSalary: { currency: 'VND', value: { minValue: 8_000_000, maxValue: 10_000_000 } },
      jobLocation: { address: { addressLocality: 'Thủ Đức', addressCountry: 'VN' } },
      description: `<p>${description}</p>`,
    };
    const { rows } = read(
      address,
      `<script type="application/ld+json">${JSON.stringify(posting)}</script><main>${'Chữ khác. '.repeat(20)}</main>`,
    );
    expect(rows[0]?.text).toBe(
      ['Nhân viên kho', 'Công ty An', '8000000 10000000 VND', 'Thủ Đức, VN', description].join('\n'),
    );
  });

  it('is read as a page where the structured description is broken', () => {
    const { rows } = read(address, `<script type="application/ld+json">{"@type":</script><main>${description}</main>`);
    expect(rows[0]?.text).toBe(description);
  });
});
