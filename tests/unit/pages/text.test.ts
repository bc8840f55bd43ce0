import { describe, expect, it } from 'vitest';
import { rangeOf, readText } from '../../../utils/pages/text.ts';

function element(html: string): Element {
  document.body.innerHTML = `<div id="it">${html}</div>`;
  return document.querySelector('#it') as Element;
}

describe('the text of a page', () => {
  it('has lines where the page has blocks', () => {
    expect(readText(element('<p>one</p><p>two <b>three</b></p>four<br>five'), '', 1000).text).toBe(
      'one\ntwo three\nfour\nfive',
    );
  });

  it('leaves out what a reader drops', () => {
    expect(readText(element('one <span class="time">10:05</span>'), '.time', 1000).text.trim()).toBe('one');
  });

  it('ends soon after the most that is wanted', () => {
    expect(readText(element('<p>one</p>'.repeat(1000)), '', 100).text.length).toBeLessThan(110);
  });

  it('gives the place of its words back, across elements', () => {
    const box = element('pay the <b>dep</b><i>osit</i> first');
    const read = readText(box, '', 1000);
    const start = read.text.indexOf('deposit');
    expect(rangeOf(read, start, start + 'deposit'.length)?.toString()).toBe('deposit');
  });

  it('gives no place once the page has changed', () => {
    const box = element('pay the <b>deposit</b> first');
    const read = readText(box, '', 1000);
    box.replaceChildren();
    expect(rangeOf(read, 8, 15)).toBeUndefined();
  });

  it('is read in an open shadow root too, since that is what people see', () => {
    const box = element('<x-message></x-message>');
    const inner = box.firstElementChild?.attachShadow({ mode: 'open' });
    if (inner !== undefined) inner.innerHTML = '<p>inside</p>';
    expect(readText(box, '', 1000).text).toBe('inside');
  });
});
