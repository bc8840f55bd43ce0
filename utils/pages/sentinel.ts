/** The page's side of Beside: reads, judges, highlights, and asks the worker how a warning is to be shown. */
import { idOf, RULE_SIZE, type CompiledRules } from '../../rules/engine/compiled.ts';
import { Conversation, type Verdict } from '../../rules/engine/conversation.ts';
import { emptyMemory, type ConversationMemory } from '../../rules/engine/memory.ts';
import { keyOf } from '../../rules/engine/key.ts';
import { SPEAK_AGAIN_AFTER } from '../../rules/engine/limits.ts';
import { LEVELS, type Level } from '../../rules/language/model.ts';
import { browser } from '../browser.ts';
import { askWorker, isTrouble } from '../messaging/send.ts';
import type { PageMessages, Showing } from '../messaging/protocol.ts';
import type { TabState } from '../settings/model.ts';
import { onForgotten } from '../settings/forgotten.ts';
import { onLeftOutChanged, readLeftOut } from '../settings/left-out.ts';
import { onPauseChanged, readPause } from '../settings/pause.ts';
import { onRulesChanged } from '../settings/rule-stamp.ts';
import { Highlighter } from '../warning/highlight.ts';
import { WarningDisplay } from '../warning/display.ts';
import { placesToShow } from '../warning/quotes.ts';
import { addRules, loadEngine, type Engine } from './engine.ts';
import { isAmong } from './sites.ts';
import { Watcher, type NewText } from './watch.ts';

/** Frames smaller than this many square pixels hold buttons and advertisements, no conversation. Source: design/adapters.md 4.3. */
const SMALL_FRAME = 40_000;
/** When rules that could not be loaded are asked for again, in ms. */
const LOAD_AGAIN = 5000;
/** Most conversations of one tab that are kept in mind at once. */
const MAX_OPEN = 20;

interface OpenConversation {
  /** Texts read so far that had no signal; counted, since reaches are in messages. */
  quiet: number;
  /** Asked for once a first signal was found: until then there is nothing to judge. */
  recalled: Promise<Conversation | undefined> | undefined;
}

/** Reads one frame for as long as it lives. */
export class Sentinel {
  readonly #stop = new AbortController();
  readonly #open = new Map<string, OpenConversation>();
  readonly #highlighter = new Highlighter();
  readonly #display: WarningDisplay;
  #engine: Engine | undefined;
  #watcher: Watcher | undefined;
  #pausedUntil = 0;
  /** By a school's policy. */
  #isLeftOut = false;
  #reading: AbortController | undefined;
  #resume: ReturnType<typeof setTimeout> | undefined;
  #warnings = 0;
  #highest: Level | undefined;

  constructor() {
    this.#display = new WarningDisplay(this.#stop.signal);
    browser.runtime.onMessage.addListener((raw: unknown, sender, reply: (answer: unknown) => void) => {
      if (sender.id !== browser.runtime.id) return false;
      const type = (raw as { type?: unknown } | null)?.type;
      if (type === 'tab/state') reply({ value: this.#state() });
      else if (type === 'page/messages') reply({ value: this.#messages() });
      else return false;
      return true;
    });
  }

  /** Begins to read once the frame is large enough; a frame that stays small costs nothing more. */
  async start(): Promise<void> {
    if (window !== window.top && innerWidth * innerHeight < SMALL_FRAME) {
      window.addEventListener('resize', () => void this.start(), { once: true, signal: this.#stop.signal });
      return;
    }
    onPauseChanged((until) => this.#pause(until), this.#stop.signal);
    onLeftOutChanged((hosts) => this.#leaveOut(hosts), this.#stop.signal);
    onForgotten(() => this.#open.clear(), this.#stop.signal);
    onRulesChanged(() => this.#reload(), this.#stop.signal);
    this.#leaveOut(await readLeftOut());
    this.#pause(await readPause());
  }

  #leaveOut(hosts: readonly string[]): void {
    const isLeftOut = isAmong(location.hostname, hosts);
    if (isLeftOut === this.#isLeftOut) return;
    this.#isLeftOut = isLeftOut;
    this.#pause(this.#pausedUntil);
  }

  /** Starts to read, from the beginning: what came during a break is read after it. */
  async #begin(): Promise<void> {
    const reading = new AbortController();
    this.#reading = reading;
    this.#stop.signal.addEventListener('abort', () => reading.abort(), { signal: reading.signal });
    const engine = this.#engine ?? (await loadEngine());
    // A break has begun, or other rules are in use, in the meantime: whoever said so begins anew.
    if (reading.signal.aborted) return;
    this.#engine = engine;
    if (engine === undefined) {
      // The worker is starting, or was just stopped.
      this.#reading = undefined;
      clearTimeout(this.#resume);
      this.#resume = setTimeout(() => this.#pause(this.#pausedUntil), LOAD_AGAIN);
      return;
    }
    this.#watcher = new Watcher(document, reading.signal, (texts) => this.#judge(texts, reading.signal));
  }

  #pause(until: number): void {
    this.#pausedUntil = until;
    clearTimeout(this.#resume);
    if (this.#isLeftOut || until > Date.now()) {
      this.#reading?.abort();
      this.#reading = undefined;
      if (this.#isLeftOut) return;
      // A break may be longer than a timer can be; it is looked at again after an hour at the latest.
      this.#resume = setTimeout(() => this.#pause(until), Math.min(until - Date.now() + 1, 3_600_000));
    } else if (this.#reading === undefined) void this.#begin();
  }

  /**
   * Other rules are in use: everything is read from the beginning with them, as after a break. What is remembered of the
   * conversations stays with the worker, so that nothing counts twice.
   */
  #reload(): void {
    this.#forgetEngine();
    this.#pause(this.#pausedUntil);
    if (this.#display.isShowing) void this.#withdraw();
  }

  #forgetEngine(): void {
    this.#engine = undefined;
    this.#open.clear();
    this.#reading?.abort();
    this.#reading = undefined;
  }

  /** Takes away a warning of rules that are no longer in use. */
  async #withdraw(): Promise<void> {
    const engine = await loadEngine();
    if (engine === undefined || !(await addRules(engine)) || engine.rules === undefined) return;
    const inUse = new Set(idsOf(engine.rules));
    if (this.#display.withdraw((id) => inUse.has(id))) this.#highlighter.clear();
  }

  async #judge(texts: readonly NewText[], reading: AbortSignal): Promise<void> {
    // After an update the old script is an orphan: it cannot ask anybody any more and goes quietly.
    if (browser.runtime?.id === undefined) {
      this.#stop.abort();
      return;
    }
    const engine = this.#engine;
    if (engine === undefined) return;
    for (const { row, conversation: key, reader } of texts) {
      // A break has begun in the meantime.
      if (reading.aborted) return;
      const { hits } = engine.scanner.scan(row.text);
      const open = this.#open.get(`${reader.id}\n${key}`) ?? this.#opened(`${reader.id}\n${key}`);
      if (hits.length === 0 && open.recalled === undefined) {
        open.quiet += 1;
        continue;
      }
      open.recalled ??= this.#recall(key, open.quiet, engine);
      const conversation = await open.recalled;
      if (conversation === undefined || reading.aborted) {
        // Nothing is remembered over what may be there; the next signal asks again.
        open.recalled = undefined;
        continue;
      }
      const verdicts = conversation.judge(
        {
          text: row.text,
          from: row.from,
          surface: reader.surface,
          at: Date.now(),
          source: keyOf(row.key) || 1,
        },
        hits,
      );
      if (hits.length > 0) {
        void askWorker('conversation/remember', {
          host: location.hostname,
          conversation: key,
          memory: conversation.memory,
        });
      }
      if (verdicts.length > 0) await this.#warn(verdicts, { row, conversation: key, reader });
    }
  }

  async #warn(verdicts: readonly Verdict[], text: NewText): Promise<void> {
    const { row, conversation, reader } = text;
    const showing = await this.#raise(
      conversation,
      verdicts.map(({ rule }) => rule.id),
    );
    if (showing === undefined) return;
    const places = placesToShow(verdicts.flatMap(({ evidence }) => evidence.flatMap((part) => part.places)));
    const words = [...new Set(places.map(({ start, end }) => row.text.slice(start, end)))];
    this.#highlighter.mark(showing.highlight, row, places, reader.drop);
    this.#display.show(showing, words, conversation);
  }

  /** Asks how a warning is to be shown; undefined when it is for the toolbar only, muted, or nobody answers. */
  async #raise(conversation: string, rules: string[]): Promise<Extract<Showing, { as: 'chip' | 'card' }> | undefined> {
    const showing = await askWorker('warning/raise', { host: location.hostname, conversation, rules });
    if (isTrouble(showing) || showing.as === 'none') return undefined;
    const level = showing.as === 'badge' ? showing.level : showing.contents.level;
    this.#warnings += 1;
    if (this.#highest === undefined || LEVELS.indexOf(level) > LEVELS.indexOf(this.#highest)) this.#highest = level;
    return showing.as === 'badge' ? undefined : showing;
  }

  #opened(key: string): OpenConversation {
    const [oldest] = this.#open.keys();
    if (this.#open.size >= MAX_OPEN && oldest !== undefined) this.#open.delete(oldest);
    const open = { quiet: 0, recalled: undefined };
    this.#open.set(key, open);
    return open;
  }

  /** A conversation with what is remembered of it; only one that has a signal costs this question. */
  async #recall(key: string, quiet: number, engine: Engine): Promise<Conversation | undefined> {
    if (engine.rules === undefined && !(await addRules(engine))) {
      // Other rules came in between: index and rules of two rule sets are never used together.
      if (this.#engine === engine) {
        this.#forgetEngine();
        clearTimeout(this.#resume);
        this.#resume = setTimeout(() => this.#pause(this.#pausedUntil), LOAD_AGAIN);
      }
      return undefined;
    }
    const { rules, scanner, news } = engine;
    if (rules === undefined) return undefined;
    const known = await askWorker('conversation/recall', { host: location.hostname, conversation: key });
    if (isTrouble(known)) return undefined;
    const memory = known ?? emptyMemory();
    await this.#showAgain(key, memory, rules);
    return new Conversation(rules, scanner, { ...memory, messages: memory.messages + quiet }, news);
  }

  /** The page was loaded again: what was said of this conversation stays in reach, quietly. */
  async #showAgain(key: string, { spoke }: ConversationMemory, rules: CompiledRules): Promise<void> {
    const since = Date.now() / 1000 - SPEAK_AGAIN_AFTER / 1000;
    const spoken = new Set(spoke.filter(([, at]) => at > since).map(([rule]) => rule));
    if (spoken.size === 0) return;
    const again = idsOf(rules).filter((id) => spoken.has(keyOf(id)));
    const showing = again.length === 0 ? undefined : await this.#raise(key, again);
    if (showing !== undefined) this.#display.show(showing, [], key);
  }

  #messages(): PageMessages {
    const rows = this.#watcher?.rows() ?? [];
    return {
      host: location.hostname,
      messages: rows.map(({ from, text }) => ({ from: from === 'page' ? 'unknown' : from, sender: '', text })),
    };
  }

  #state(): TabState {
    const host = location.hostname;
    if (this.#isLeftOut) return { kind: 'left-out', host };
    if (this.#pausedUntil > Date.now()) return { kind: 'paused', host, until: this.#pausedUntil };
    const state = this.#watcher?.state;
    if (state === undefined) return { kind: 'unreadable', host, why: 'nothing-found' };
    return {
      kind: 'checked',
      host,
      reader: state.reader,
      conversationOpen: state.rootFound,
      warnings: this.#warnings,
      ...(this.#highest === undefined ? {} : { highest: this.#highest }),
    };
  }
}

function idsOf(rules: CompiledRules): string[] {
  return Array.from({ length: rules.records.length / RULE_SIZE }, (_, rule) => idOf(rules, rule));
}
