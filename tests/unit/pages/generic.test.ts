import { describe, expect, it } from 'vitest';
import { read, saidIn } from './read.ts';

describe('a chat without an adapter', () => {
  const page = `
    <aside><ul><li>what a stranger says to somebody else</li></ul></aside>
    <div class="room">
      <div class="list"><div>hello there</div><div>how are you</div><div>I am fine</div></div>
      <footer>A footer</footer>
      <div class="bar"><div contenteditable="true">my draft</div></div>
    </div>`;

  it('is read block by block, without knowing whose words they are', () => {
    const { reader, rows } = read('https://chat.chotot.com/chat?room=5', page);
    expect(reader).toMatchObject({ id: 'generic', surface: 'chat' });
    expect(saidIn(rows)).toEqual([
      ['unknown', 'hello there'],
      ['unknown', 'how are you'],
      ['unknown', 'I am fine'],
    ]);
  });

  it('is told apart from the next conversation by its address', () => {
    expect(read('https://chat.chotot.com/chat?room=5', page).conversation).toBe('/chat?room=5');
  });
});

describe('a feed', () => {
  it('is judged post by post', () => {
    const { rows } = read(
      'https://www.facebook.com/groups/1/',
      '<div role="article">The first post of today</div><div role="article">Another post of today</div>',
    );
    expect(rows.map(({ text }) => text)).toEqual(['The first post of today', 'Another post of today']);
  });

  it('is judged comment by comment as well', () => {
    const { rows } = read(
      'https://www.facebook.com/groups/1/',
      '<div role="article">The first post of today<div role="article">A comment on the post</div></div>',
    );
    expect(rows.map(({ text }) => text)).toEqual(['The first post of today', 'A comment on the post']);
  });
});

describe('any other page', () => {
  it('is judged as one text, so that its end can excuse its beginning', () => {
    const { rows } = read(
      'https://news.example.vn/a.html',
      '<nav>News</nav><article><h1>What happened</h1><p>A caller said many things.</p></article><footer>Imprint</footer>',
    );
    expect(rows.map(({ text }) => text)).toEqual(['What happened\nA caller said many things.']);
  });

  it.each([
    '<textarea>my draft is long enough</textarea>',
    '<input value="my draft is long enough">',
    '<div contenteditable="true">my draft is long enough</div>',
    '<div contenteditable="plaintext-only"><p>my draft is long enough</p></div>',
    '<div role="textbox"><p>my draft is long enough</p></div>',
    '<div hidden>my draft is long enough</div>',
    '<script>const draft = "my draft is long enough"</script>',
  ])('never gives away what is typed, hidden or code: %s', (html) => {
    const { rows } = read('https://forum.example.vn/', `<main><p>Enough text to be read.</p>${html}</main>`);
    expect(rows.map(({ text }) => text)).toEqual(['Enough text to be read.']);
  });

  it('keeps emoji that are drawn as pictures, and leaves other pictures out', () => {
    const { rows } = read(
      'https://forum.example.vn/',
      '<main><p>See you soon <img alt="😀"> <img alt="a long description of a picture"></p></main>',
    );
    expect(rows[0]?.text.trim()).toBe('See you soon 😀');
  });
});
