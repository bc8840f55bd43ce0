/** The rules in use as the worker hands them out: to open tabs, and as words for people. */
import { toBase64 } from '../base64.ts';
import { browser } from '../browser.ts';
import type { RuleWords } from '../feed/generation.ts';
import {
  activateRuleSet,
  readLoaded,
  wordsIn,
  type ActiveRuleSet,
  type Bundle,
  type LoadedRuleSet,
} from '../feed/rule-set.ts';
import { COMPILED_KEYS, COMPILED_STAMP } from '../messaging/compiled-keys.ts';
import type { CompiledParcel, CompiledPart } from '../messaging/protocol.ts';
import { sayRules } from '../settings/rule-stamp.ts';
import type { BesideDatabase } from '../store/database.ts';

const NO_WORDS: RuleWords = {
  version: 0,
  rules: [],
  texts: { vi: { tricks: {}, counterfacts: {} }, en: { tricks: {}, counterfacts: {} } },
};

/** Finds the rule set to use, lays it out for the tabs, and changes it while they are open. */
export class RulesInUse {
  readonly #database: BesideDatabase;
  readonly #bundle: Bundle;
  #active: Promise<ActiveRuleSet>;
  #words: { of: LoadedRuleSet; words: RuleWords } | undefined;

  constructor(database: BesideDatabase, bundle: Bundle) {
    this.#database = database;
    this.#bundle = bundle;
    this.#active = this.#start();
  }

  /** The rule set in use; what it holds may not have been read. */
  get active(): Promise<ActiveRuleSet> {
    return this.#active;
  }

  /** Takes another rule set into use, in open tabs too. */
  async use(active: ActiveRuleSet): Promise<void> {
    this.#active = Promise.resolve(active);
    await publish(active);
  }

  /** One part of the compiled rules, for a tab; null when there is none that is good. */
  async parcel(part: CompiledPart): Promise<CompiledParcel | null> {
    const [active, loaded] = await this.#loaded();
    return loaded === undefined ? null : parcelOf(active, loaded, part);
  }

  /** What people are shown of the rules; read from storage once in the life of the worker. */
  async words(): Promise<RuleWords> {
    const [, loaded] = await this.#loaded();
    if (loaded === undefined) return NO_WORDS;
    if (this.#words?.of !== loaded) this.#words = { of: loaded, words: wordsIn(loaded) };
    return this.#words.words;
  }

  async #start(): Promise<ActiveRuleSet> {
    const stamp = await publishedStamp();
    const active = await activateRuleSet(this.#database, this.#bundle, Date.now(), stamp);
    if (active.generation.stamp !== stamp) await publish(active);
    return active;
  }

  /** What the rule set in use holds; when that is damaged by now, another one is found. */
  async #loaded(): Promise<[ActiveRuleSet, LoadedRuleSet | undefined]> {
    const active = await this.#active;
    try {
      const loaded = await readLoaded(this.#database, active, this.#bundle);
      if (loaded !== undefined) return [active, loaded];
    } catch {
      // The database cannot be read any more: the package's rules are there.
    }
    const other = await activateRuleSet(this.#database, this.#bundle, Date.now());
    await this.use(other);
    return [other, other.loaded];
  }
}

/** Opens the session's storage to tabs where the browser knows of that; says the stamp of the rules that lie there. */
async function publishedStamp(): Promise<string | undefined> {
  const session = browser.storage.session as typeof browser.storage.session & {
    setAccessLevel?: (access: { accessLevel: 'TRUSTED_AND_UNTRUSTED_CONTEXTS' }) => Promise<void>;
  };
  try {
    await session.setAccessLevel?.({ accessLevel: 'TRUSTED_AND_UNTRUSTED_CONTEXTS' });
  } catch {
    // Tabs ask the worker instead.
  }
  try {
    const { [COMPILED_STAMP]: stamp } = await session.get(COMPILED_STAMP);
    return typeof stamp === 'string' ? stamp : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Lays the compiled rules where tabs read them, then tells the tabs: in this order, or they would read the old ones again.
 * What cannot be laid out now is at the worker's next start; until then the tabs go on with what they have.
 */
async function publish(active: ActiveRuleSet): Promise<void> {
  const { generation, loaded } = active;
  if (loaded === undefined) return;
  const { index, rules } = COMPILED_KEYS;
  try {
    await layOut({
      [index]: parcelOf(active, loaded, 'index'),
      [rules]: parcelOf(active, loaded, 'rules'),
      [COMPILED_STAMP]: generation.stamp,
    });
    await sayRules(generation.stamp);
  } catch {
    // See above.
  }
}

async function layOut(parcels: Record<string, unknown>): Promise<void> {
  try {
    await browser.storage.session.set(parcels);
  } catch {
    // Too large for the session's storage: tabs ask the worker instead, and must not find old rules there.
    await browser.storage.session.remove(Object.keys(parcels));
  }
}

function parcelOf({ generation }: ActiveRuleSet, { compiled }: LoadedRuleSet, part: CompiledPart): CompiledParcel {
  const { stamp, news } = generation;
  return { stamp, bytes: toBase64(compiled[part]), ...(part === 'rules' ? { news } : {}) };
}
