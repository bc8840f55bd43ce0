import type { ComponentChildren } from 'preact';
import type { TabState } from '../../utils/settings/model.ts';
import { say, type Words } from '../../utils/words/words.ts';
import { LEVEL_WORDS, writeHost, writeMoment } from '../parts/format.ts';
import { Icon, type IconName } from '../parts/Icon.tsx';
import type { PopupProps } from './Popup.tsx';

interface TabViewProps {
  words: Words;
  tab: TabState | undefined;
  on: PopupProps['on'];
}

/** Says truthfully what the tab in front is, and how to mend it. */
export function TabView({ words, tab, on }: TabViewProps) {
  return (
    <section aria-label={say(words, 'popup_label')} aria-live="polite">
      {tab === undefined ? <p class="panel soft">{say(words, 'popup_looking')}</p> : describe(words, tab, on)}
    </section>
  );
}

function describe(words: Words, tab: TabState, on: PopupProps['on']) {
  const host = writeHost(tab.host);
  switch (tab.kind) {
    case 'checked':
      return (
        <State icon="eye" tone="good" title={say(words, 'popup_checked')}>
          <p>{say(words, tab.conversationOpen ? 'popup_open' : 'popup_closed', { host })}</p>
          <p>
            {tab.warnings === 0
              ? say(words, 'popup_none')
              : `${say(words, 'popup_warnings', { count: tab.warnings })}.`}{' '}
            {tab.highest === undefined
              ? null
              : `${say(words, 'popup_highest', { level: say(words, LEVEL_WORDS[tab.highest]) })}.`}
          </p>
          <p class="small soft">{say(words, 'popup_reader', { reader: tab.reader })}</p>
        </State>
      );
    case 'paused':
      return (
        <State icon="moon" tone="still" title={say(words, 'popup_paused')}>
          <p>{say(words, 'popup_paused_until', { time: writeMoment(words, tab.until) })}</p>
        </State>
      );
    case 'unreadable':
      return (
        <State icon="eyeOff" tone="trouble" title={say(words, 'popup_unreadable')}>
          <Mend words={words} host={tab.host} why={tab.why} on={on} />
        </State>
      );
    case 'left-out':
      return (
        <State icon="eyeOff" tone="still" title={say(words, 'popup_not_checked')}>
          <p>{say(words, 'popup_left_out', { host })}</p>
        </State>
      );
    case 'not-checked': {
      const { origin } = tab;
      return (
        <State icon="eyeOff" tone="still" title={say(words, 'popup_not_checked')}>
          {origin === undefined ? (
            <p>{say(words, 'popup_browser_page')}</p>
          ) : (
            <>
              <p>{say(words, 'popup_not_listed', { host })}</p>
              <button type="button" onClick={() => on.askForSite(origin)}>
                {say(words, 'popup_ask')}
              </button>
            </>
          )}
        </State>
      );
    }
  }
}

interface MendProps {
  words: Words;
  host: string;
  why: 'reload' | 'no-access' | 'nothing-found';
  on: PopupProps['on'];
}

function Mend({ words, host, why, on }: MendProps) {
  if (why === 'no-access')
    return (
      <>
        <p>{say(words, 'popup_why_access', { host: writeHost(host) })}</p>
        <button type="button" onClick={() => on.askForSite(`https://${host}/*`)}>
          {say(words, 'popup_allow')}
        </button>
      </>
    );
  return (
    <>
      <p>{say(words, why === 'reload' ? 'popup_why_reload' : 'popup_why_nothing', { host: writeHost(host) })}</p>
      {on.reload === undefined ? null : (
        <button type="button" onClick={on.reload}>
          {say(words, 'popup_reload')}
        </button>
      )}
    </>
  );
}

interface StateProps {
  icon: IconName;
  tone: 'good' | 'still' | 'trouble';
  title: string;
  children: ComponentChildren;
}

function State({ icon, tone, title, children }: StateProps) {
  return (
    <div class={`tab-state ${tone}`}>
      <span class="tab-icon">
        <Icon name={icon} size={24} />
      </span>
      <div class="stack">
        <h2>{title}</h2>
        {children}
      </div>
    </div>
  );
}
