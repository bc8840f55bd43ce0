/** The page's side of Beside: reads, judges, highlights, and asks the worker how a warning is to be shown. */
import { namesOf, viewRules, type CompiledRules } from '../../rules/engine/compiled.ts';
import { Conversation, emptyMemory, type Verdict } from '../../rules/engine/conversation.ts';
import { keyOf } from '../../rules/engine/key.ts';
import { SPEAK_AGAIN_AFTER } from '../../rules/engine/limits.ts';
import { Scanner } from '../../rules/engine/match.ts';
import { LEVELS, type Level } from '../../rules/language/model.ts';
import { fromBase64 } from '../base64.ts';
import { browser } from '../browser.ts';
import { askWorker, isTrouble } from '../messaging/send.ts';
import type { Showing } from '../messaging/protocol.ts';
import type { TabState } from '../settings/model.ts';
import { onPauseChanged, readPause } from '../settings/pause.ts';
import { Highlighter } from '../warning/highlight.ts';
import { WarningDisplay } from '../warning/display.ts';
import { Watcher, type NewText } from './watch.ts';

/** Same as `COMPILED_KEY` of the worker; a constant of its own, so that the worker's code stays out of pages. */
const COMPILED_KEY = 'compiledRules';
/** Frames smaller than this many square pixels hold buttons and advertisements, no conversation. Source: design/adapters.md 4.3. */
const SMALL_FRAME = 40_000;
/** Most conversations of one tab that are kept in mind at once. */
const MAX_OPEN = 20;

interface OpenConversation {
  conversation: Conversation;
  /** What was remembered of it has been asked for. */
  recalled: boolean;
}

/** Reads one frame for as long as it lives. */
export class Sentinel {
  readonly #stop = new AbortController();
  readonly #open = new Map<string, OpenConversation>();
  readonly #highlighter = new Highlighter();
  readonly #display: WarningDisplay;
  #scanner: { rules: CompiledRules; scanner: Scanner } | undefined;
  #watcher: Watcher | undefined;
  #pausedUntil = 0;
  #reading: AbortController | undefined;
  #resume: ReturnType<typeof setTimeout> | undefined;
  #warnings = 0;
  #highest: Level | undefined;

  constructor() {
    this.#display = new WarningDisplay(this.#stop.signal);
    browser.runtime.onMessage.addListener((raw: unknown, sender, reply: (answer: unknown) => void) => {
      if (sender.id !== browser.runtime.id || (raw as { type?: unknown } | null)?.type !== 'tab/state') return false;
      reply({ value: this.#state() });
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
    this.#pause(await readPause());
  }

  /** Starts to read, from the beginning: what came during a break is read after it. */
  async #begin(): Promise<void> {
    const reading = new AbortController();
    this.#reading = reading;
    this.#stop.signal.addEventListener('abort', () => reading.abort(), { signal: reading.signal });
    const rules = this.#scanner?.rules ?? (await loadRules());
    if (rules === undefined || reading.signal.aborted) return;
    this.#scanner ??= { rules, scanner: new Scanner(rules) };
    this.#watcher = new Watcher(document, reading.signal, (texts) => this.#judge(texts));
  }

  #pause(until: number): void {
    this.#pausedUntil = until;
    clearTimeout(this.#resume);
    if (until > Date.now()) {
      this.#reading?.abort();
      this.#reading = undefined;
      // A break may be longer than a timer can be; it is looked at again after an hour at the latest.
      this.#resume = setTimeout(() => this.#pause(until), Math.min(until - Date.now() + 1, 3_600_000));
    } else if (this.#reading === undefined) void this.#begin();
  }

  async #judge(texts: readonly NewText[]): Promise<void> {
    // After an update the old script is an orphan: it cannot ask anybody any more and goes quietly.
    if (browser.runtime?.id === undefined) {
      this.#stop.abort();
      return;
    }
    const engine = this.#scanner;
    if (engine === undefined) return;
    for (const { row, conversation, reader } of texts) {
      const { hits } = engine.scanner.scan(row.text);
      const open = this.#conversation(`${reader.id}\n${conversation}`, engine);
      if (hits.length > 0 && !open.recalled) await this.#recall(open, conversation, engine);
      const piece = {
        text: row.text,
        from: row.from,
        surface: reader.surface,
        at: Date.now(),
        source: keyOf(row.key) || 1,
      };
      const verdicts = open.conversation.judge(piece, hits);
      if (hits.length > 0) {
        void askWorker('conversation/remember', {
          host: location.hostname,
          conversation,
          memory: open.conversation.memory,
        });
      }
      if (verdicts.length > 0) await this.#warn(verdicts, { row, conversation, reader });
    }
  }

  async #warn(verdicts: readonly Verdict[], text: NewText): Promise<void> {
    const { row, conversation, reader } = text;
    const showing = await this.#raise(
      conversation,
      verdicts.map(({ rule }) => rule.id),
    );
    if (showing === undefined) return;
    const places = verdicts.flatMap(({ evidence }) => evidence.flatMap((part) => part.places));
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

  #conversation(key: string, { rules, scanner }: { rules: CompiledRules; scanner: Scanner }): OpenConversation {
    const known = this.#open.get(key);
    if (known !== undefined) return known;
    const [oldest] = this.#open.keys();
    if (this.#open.size >= MAX_OPEN && oldest !== undefined) this.#open.delete(oldest);
    const open = { conversation: new Conversation(rules, scanner, emptyMemory()), recalled: false };
    this.#open.set(key, open);
    return open;
  }

  /** Asks for what is remembered of a conversation; only one that has a signal costs this question. */
  async #recall(
    open: OpenConversation,
    conversation: string,
    { rules, scanner }: { rules: CompiledRules; scanner: Scanner },
  ): Promise<void> {
    open.recalled = true;
    const memory = await askWorker('conversation/recall', { host: location.hostname, conversation });
    if (isTrouble(memory) || memory === null) return;
    open.conversation = new Conversation(rules, scanner, {
      ...memory,
      messages: memory.messages + open.conversation.memory.messages,
    });
    // The page was loaded again: what was said of this conversation stays in reach, quietly.
    const since = Date.now() / 1000 - SPEAK_AGAIN_AFTER / 1000;
    const spoken = new Set(memory.spoke.filter(([, at]) => at > since).map(([rule]) => rule));
    const again = spoken.size === 0 ? [] : namesOf(rules).filter(({ id }) => spoken.has(keyOf(id)));
    const showing =
      again.length === 0
        ? undefined
        : await this.#raise(
            conversation,
            again.map(({ id }) => id),
          );
    if (showing !== undefined) this.#display.show(showing, [], conversation);
  }

  #state(): TabState {
    const host = location.hostname;
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

/** The compiled rules: from the session's storage where content scripts may read it, without waking the worker, else from the worker. */
async function loadRules(): Promise<CompiledRules | undefined> {
  try {
    const { [COMPILED_KEY]: stored } = await browser.storage.session.get(COMPILED_KEY);
    const rules = typeof stored === 'string' ? viewRules(fromBase64(stored)) : undefined;
    if (rules !== undefined) return rules;
  } catch {
    // Firefox keeps the session's storage from content scripts.
  }
  const compiled = await askWorker('rules/compiled', {});
  return isTrouble(compiled) || compiled === null ? undefined : viewRules(fromBase64(compiled));
}
