// @vitest-environment happy-dom
import { describe, expect, it, vi } from 'vitest';
import { Card } from '../../../components/card/Card.tsx';
import { cardContents, cardProps, draw, findControl, press } from './builders.tsx';

describe('a warning card', () => {
  it('offers to tell someone first, then to check, then to say that it is not a problem', () => {
    const place = draw(<Card {...cardProps()} />);
    const buttons = [...place.querySelectorAll('footer button')].map((button) => button.textContent);
    expect(buttons).toEqual(['Tell someone', 'How do I check?', 'Not a problem']);
  });

  it('tells its story in order: question, words, trick, fact, reassurance, ways on', () => {
    const text = draw(<Card {...cardProps()} />).textContent;
    const places = [
      'Does this job promise too much?',
      'easy work, high pay',
      'A job far away',
      'Real jobs do not cost money.',
      'You have done nothing wrong.',
      'Tell someone',
    ].map((part) => text.indexOf(part));
    expect(places).toEqual(places.toSorted((one, other) => one - other));
    expect(places).not.toContain(-1);
  });

  it.each(['notice', 'warning', 'urgent'] as const)('never takes the focus when a %s appears', async (level) => {
    document.body.innerHTML = '<input id="composer">';
    const composer = document.querySelector<HTMLInputElement>('#composer');
    composer?.focus();
    const place = document.body.appendChild(document.createElement('div'));
    draw(<Card {...cardProps({ contents: cardContents({ level }) })} />, place);
    await vi.waitFor(() => expect(place.querySelector('[aria-live]')?.textContent).not.toBe(''));
    expect(document.activeElement).toBe(composer);
  });

  it('shows the words of the page as text, whatever they hold', () => {
    const evil = '<img src=x onerror=alert(1)>';
    const place = draw(<Card {...cardProps({ contents: cardContents({ words: [evil] }) })} />);
    expect(place.querySelector('img')).toBeNull();
    expect(place.textContent).toContain(evil);
  });

  it('cuts long quotations and counts those that it leaves out', () => {
    const quotes = ['a'.repeat(300), 'two', 'three', 'four', 'five', 'six'];
    const text = draw(<Card {...cardProps({ contents: cardContents({ words: quotes }) })} />).textContent;
    expect(text).not.toContain('a'.repeat(61));
    expect(text).toContain('and 2 more');
    expect(text).not.toContain('five');
  });

  it.each([
    ['notice', 'A small note'],
    ['warning', 'Pause a moment'],
    ['urgent', 'Talk to someone now'],
  ] as const)('says the level %s in words, not by colour alone', (level, label) => {
    expect(draw(<Card {...cardProps({ contents: cardContents({ level }) })} />).textContent).toContain(label);
  });

  it('announces itself politely', async () => {
    const place = draw(<Card {...cardProps()} />);
    const live = place.querySelector('[aria-live="polite"]');
    expect(live?.textContent).toBe('');
    await vi.waitFor(() => expect(live?.textContent).toBe('Beside: Does this job promise too much?'));
  });

  it('can be hidden at once', async () => {
    const props = cardProps();
    await press(draw(<Card {...props} />), 'Hide now');
    expect(props.on.close).toHaveBeenCalledOnce();
  });

  it('makes links of web addresses only, and tells nobody where they were opened', () => {
    const links = [...draw(<Card {...cardProps()} />).querySelectorAll('a')];
    expect(links.map((link) => new URL(link.href).protocol)).toEqual(['https:', 'https:']);
    expect(links.every((link) => link.rel.includes('noreferrer'))).toBe(true);
  });

  it('explains itself: which rule, from when, described where, in which version, and that nothing was sent', () => {
    const why = draw(<Card {...cardProps()} />).querySelector('details')?.textContent;
    for (const part of ['Work at the border', '20 November 2026', 'plo.vn', 'Rule set 42', 'Nothing was sent'])
      expect(why).toContain(part);
  });

  it('shows how to check, what to do now and what to do when it has happened', async () => {
    const place = draw(<Card {...cardProps()} />);
    await press(place, 'How do I check?');
    for (const part of ['Ask for the contract.', 'Show it to a friend.', 'Get off where there are people.'])
      expect(place.textContent).toContain(part);
  });

  it('gives the focus back to the button that opened a view', async () => {
    const place = draw(<Card {...cardProps()} />);
    await press(place, 'How do I check?');
    await press(place, 'Back');
    expect(document.activeElement?.textContent).toBe('How do I check?');
  });
});

describe('saying that it is not a problem', () => {
  it.each([
    ['This conversation', 'conversation'],
    ['This kind of note', 'rule'],
    ['This whole site: messenger.com', 'site'],
  ] as const)('reaches as far as the teen chooses: %s', async (choice, scope) => {
    const props = cardProps();
    const place = draw(<Card {...props} />);
    await press(place, 'Not a problem');
    expect(props.on.mute).not.toHaveBeenCalled();
    await press(place, choice);
    expect(props.on.mute).toHaveBeenCalledExactlyOnceWith(scope);
  });

  it('is confirmed and can be undone', async () => {
    const props = cardProps({ muted: 'conversation' });
    const place = draw(<Card {...props} />);
    expect(place.textContent).toContain('Beside will stay quiet in this conversation.');
    await press(place, 'Undo');
    expect(props.on.undoMute).toHaveBeenCalledOnce();
    draw(<Card {...props} muted={undefined} />, place);
    expect(findControl(place, 'Tell someone')).toBeDefined();
  });
});

describe('a chip', () => {
  it('shows the question and grows when it is pressed', async () => {
    const props = cardProps({ size: 'chip', contents: cardContents({ level: 'notice' }) });
    const place = draw(<Card {...props} />);
    expect(place.textContent).not.toContain('Tell someone');
    await press(place, 'Does this job promise too much?');
    expect(props.on.grow).toHaveBeenCalledOnce();
    draw(<Card {...props} size="card" />, place);
    expect(document.activeElement?.textContent).toBe('Does this job promise too much?');
  });
});
