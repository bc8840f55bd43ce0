/**
 * The worker's answers. It may be stopped between any two of them, so nothing that matters lives in a variable: rules,
 * memory, mutes and counts are in the database, and what cannot be stored is said in `problem`.
 */
import { browser } from '../browser.ts';
import { evidencePage } from '../evidence/page.ts';
import { routesFor } from '../help/routes.ts';
import type { Category, Level } from '../../rules/language/model.ts';
import type {
  Call,
  Overview,
  PageToWorker,
  PanelToWorker,
  RaisedWarning,
  Reply,
  Showing,
} from '../messaging/protocol.ts';
import type { Caller } from '../messaging/serve.ts';
import { isAllowed } from '../messaging/validate.ts';
import { BUILT_IN, metadataPath, packagedRules, readPackaged } from '../feed/built-in.ts';
import { isQuota } from '../feed/rule-set.ts';
import { fetchTransport } from '../feed/transport.ts';
import type { Mute, RuleSetState, Settings } from '../settings/model.ts';
import { sayForgotten } from '../settings/forgotten.ts';
import { readPause, savePause } from '../settings/pause.ts';
import { isRefused, isWanted, languageBy, schoolPeople, schoolRoutes } from '../policy/apply.ts';
import { readPolicy } from '../policy/read.ts';
import type { Policy } from '../policy/schema.ts';
import { BesideDatabase } from '../store/database.ts';
import { feedStorage } from '../store/feed.ts';
import { forgetOld, hashConversation, noteShown, recall, remember } from '../store/memory.ts';
import { PersonalStore } from '../store/personal.ts';
import { BADGE_COLOURS, present } from '../warning/present.ts';
import { FeedClient } from './feed.ts';
import { injectCard, injectTell } from './inject.ts';
import { RulesInUse } from './rules.ts';
import { isSessionOnly, takeUpPolicy } from './school.ts';

type Handlers = {
  [Type in keyof (PageToWorker & PanelToWorker)]: (
    input: (PageToWorker & PanelToWorker)[Type]['input'],
    caller: Caller,
  ) => Promise<(PageToWorker & PanelToWorker)[Type]['output']>;
};

/** Names for the highlight of words; random, so that a page cannot look for a fixed one. */
const highlightName = `h${crypto.randomUUID().slice(0, 8)}`;

export class WorkerService {
  readonly #database: BesideDatabase;
  readonly #store: PersonalStore;
  readonly #rules: RulesInUse;
  readonly feed: FeedClient;
  #storageProblem: RuleSetState['problem'];

  constructor(database = new BesideDatabase()) {
    this.#database = database;
    this.#store = new PersonalStore(database, this.#isSessionOnly());
    this.#rules = new RulesInUse(database, packagedRules());
    this.feed = new FeedClient({
      database,
      builtIn: BUILT_IN,
      storage: feedStorage(database, (role) => readPackaged(metadataPath(role))),
      transport: fetchTransport((...request) => fetch(...request), hasAccess),
      rules: this.#rules,
    });
  }

  /** Answers one call; refuses what is malformed or not meant for the caller. */
  async answer(call: Call, caller: Caller): Promise<Reply<unknown>> {
    if (!isAllowed(call.type, call.input, caller.isPanel)) return { trouble: 'not-allowed' };
    if (isRefused((await readPolicy()).policy, call.type, call.input)) return { trouble: 'not-allowed' };
    const handler = this.#handlers[call.type as keyof Handlers] as (input: unknown, caller: Caller) => Promise<unknown>;
    return { value: (await handler(call.input, caller)) ?? null };
  }

  /** A policy came, or changed, or the browser has just started. */
  async onPolicy(hasStarted: boolean): Promise<void> {
    this.#store.change(this.#isSessionOnly());
    await this.#keep(() => takeUpPolicy(this.#store, hasStarted));
    await this.feed.arm();
  }

  /** What has to be done once a day. */
  async tidy(): Promise<void> {
    await this.#keep(() => forgetOld(this.#database, Date.now()));
  }

  readonly #handlers: Handlers = {
    'rules/compiled': ({ part }) => this.#rules.parcel(part),
    'conversation/recall': async ({ host, conversation }) =>
      (await this.#try(
        async () => (await recall(this.#store, await hashConversation(this.#store, host, conversation)))?.memory,
      )) ?? null,
    'conversation/remember': async ({ host, conversation, memory }) =>
      this.#keep(async () =>
        remember(this.#store, await hashConversation(this.#store, host, conversation), memory, Date.now()),
      ),
    'warning/raise': (raised, caller) => this.#raise(raised, caller),
    'warning/mute': async ({ host, conversation, rule, scope }) => {
      const key =
        scope === 'site' ? host : scope === 'rule' ? rule : await hashConversation(this.#store, host, conversation);
      const title = (await this.#rules.words()).rules.find(({ id }) => id === rule)?.title ?? rule;
      const mute: Mute = {
        id: `${scope}:${key}`,
        scope,
        key,
        label: scope === 'rule' ? title : host,
        since: Date.now(),
      };
      return (await this.#keep(async () => void (await this.#store.mutes.put(mute)))) ? mute.id : null;
    },
    'warning/unmute': async ({ id }) => {
      await this.#keep(() => this.#store.mutes.delete(id));
      return null;
    },
    'settings/open': async () => {
      await browser.runtime.openOptionsPage();
      return null;
    },
    'tell/fetch': async (_, { tab, frame }) => tab !== undefined && (await injectTell(tab, frame)),
    'evidence/open': async (_, { tab }) => {
      if (tab !== undefined) await browser.tabs.create({ url: evidencePage(tab) });
      return null;
    },
    'panel/overview': () => this.#overview(),
    'settings/save': async ({ language, pausedUntil }) => {
      if (language !== undefined) await this.#keep(() => this.#store.values.put({ name: 'language', value: language }));
      if (pausedUntil !== undefined) await this.#keep(() => savePause(pausedUntil));
      return this.#overview();
    },
    'people/save': async ({ people }) => {
      await this.#keep(() =>
        this.#store.transaction(['people'], async () => {
          await this.#store.people.clear();
          await this.#store.people.bulkPut(people);
        }),
      );
      return this.#overview();
    },
    'memory/forget': async () => {
      await this.#keep(() => this.#store.conversations.clear());
      // Open tabs hold theirs in mind.
      await this.#keep(() => sayForgotten(Date.now()));
      return this.#overview();
    },
    'feed/check': async () => {
      await this.feed.check();
      return this.#overview();
    },
  };

  async #raise(raised: RaisedWarning, { tab, frame }: Caller): Promise<Showing> {
    const now = Date.now();
    const key = (await this.#try(() => hashConversation(this.#store, raised.host, raised.conversation))) ?? '';
    const { policy } = await readPolicy();
    const [settings, mutes, people, stored, pack] = await Promise.all([
      this.#settings(policy),
      this.#try(() => this.#store.mutes.toArray()),
      this.#people(),
      this.#try(() => recall(this.#store, key)),
      this.#rules.words(),
    ]);
    const today = dayOf(now);
    const cardsToday = await this.#cardsOn(today);
    const showing = present(raised, {
      pack,
      language: settings.language,
      mutes: mutes ?? [],
      conversationKey: key,
      shown: stored?.shown ?? null,
      cardsToday,
      cardsADay: policy.cardsADay,
      isWanted: (category, level) => isWanted(policy, category, level),
      people: [...schoolPeople(policy), ...people],
      routesFor: (category) => [...schoolRoutes(policy), ...routesFor(category as Category, 'VN')],
      isShared: policy.labMode === true,
      today,
      highlight: highlightName,
    });
    if (tab === undefined || showing.as === 'none') return showing;
    const level = showing.as === 'badge' ? showing.level : showing.contents.level;
    await this.#badge(tab, level);
    if (showing.as === 'badge') return showing;
    // Without access to the frame (a foreign frame, a site just taken back) the badge has to do.
    if (!(await injectCard(tab, frame, highlightName))) return { as: 'badge', level };
    if (showing.as === 'card') await this.#keep(() => noteShown(this.#store, key, level, now));
    // Urgent cards are not held against the day's share.
    if (showing.as === 'card' && level !== 'urgent')
      await this.#keep(
        async () =>
          void (await this.#store.values.put({ name: 'cards-today', value: { day: today, count: cardsToday + 1 } })),
      );
    return showing;
  }

  async #badge(tab: number, level: Level): Promise<void> {
    try {
      await browser.action.setBadgeText({ tabId: tab, text: level === 'urgent' ? '!' : '•' });
      await browser.action.setBadgeBackgroundColor({ tabId: tab, color: BADGE_COLOURS[level] });
      await browser.action.setBadgeTextColor?.({ tabId: tab, color: '#ffffff' });
    } catch {
      // The tab was closed in the meantime.
    }
  }

  async #overview(): Promise<Overview> {
    const { policy, problems } = await readPolicy();
    const { generation, problem: ownProblem } = await this.#rules.active;
    const problem = this.#storageProblem ?? ownProblem;
    return {
      settings: await this.#settings(policy),
      ruleSet: {
        version: generation.version,
        date: generation.date,
        rules: generation.rules,
        feed: await this.feed.describe(),
        ...(problem === undefined ? {} : { problem }),
      },
      people: await this.#people(),
      mutes: (await this.#try(() => this.#store.mutes.toArray())) ?? [],
      conversations: (await this.#try(() => this.#store.conversations.count())) ?? 0,
      ...(Object.keys(policy).length + problems.length === 0 ? {} : { policy: { policy, problems } }),
    };
  }

  #isSessionOnly(): Promise<boolean> {
    return isSessionOnly(() => void this.onPolicy(false));
  }

  async #settings(policy: Policy): Promise<Settings> {
    const chosen = (await this.#try(() => this.#store.values.get('language')))?.value as
      Settings['language'] | undefined;
    return { language: languageBy(policy, chosen) ?? ownLanguage(), pausedUntil: await readPause() };
  }

  async #people(): Promise<Overview['people']> {
    return (await this.#try(() => this.#store.people.toArray())) ?? [];
  }

  async #cardsOn(day: string): Promise<number> {
    const value = (await this.#try(() => this.#store.values.get('cards-today')))?.value as
      { day: string; count: number } | undefined;
    return value?.day === day ? value.count : 0;
  }

  /** Writes to the database; a failure is kept for the popup, and nothing else stops because of it. */
  async #keep(write: () => PromiseLike<unknown>): Promise<boolean> {
    try {
      await write();
      if (this.#storageProblem === 'storage-full') this.#storageProblem = undefined;
      return true;
    } catch (error) {
      this.#storageProblem = isQuota(error) ? 'storage-full' : 'storage-unavailable';
      return false;
    }
  }

  /** Reads from the database; undefined when it cannot be used. */
  async #try<Value>(read: () => PromiseLike<Value>): Promise<Value | undefined> {
    try {
      return await read();
    } catch {
      this.#storageProblem ??= 'storage-unavailable';
      return undefined;
    }
  }
}

/** Whether a server may be asked with a header of our own: without access to it, the browser would ask it beforehand. */
async function hasAccess(url: string): Promise<boolean> {
  return browser.permissions.contains({ origins: [`${new URL(url).origin}/*`] });
}

/** The interface's first language: Vietnamese unless the browser speaks something else. */
function ownLanguage(): Settings['language'] {
  const language = browser.i18n.getUILanguage().toLowerCase();
  return language.startsWith('vi') ? 'vi' : 'en';
}

/** The day at a time, in the reader's own zone, YYYY-MM-DD. */
function dayOf(time: number): string {
  const date = new Date(time);
  return [
    date.getFullYear(),
    String(date.getMonth() + 1).padStart(2, '0'),
    String(date.getDate()).padStart(2, '0'),
  ].join('-');
}
