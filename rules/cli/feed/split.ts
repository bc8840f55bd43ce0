/** From one rule set to the parts that roles sign: each part holds everything that its rules name. */
import { emptyPart, type RolePart } from '../../feed/format.ts';
import { FEED_ROLES, type FeedRole } from '../../feed/path.ts';
import { LANGUAGES, type Pack, type Pattern, type Rule } from '../../language/model.ts';
import { parsePattern, sourceOf, type PatternNode } from '../../language/pattern.ts';

/** Says which role signs a rule. */
export type RoleOf = (rule: Rule) => FeedRole;

/**
 * Splits a rule set that `checkPack` has found good.
 *
 * What no rule names is left out. The urgent part also leaves out what another part holds already, since it has to stay
 * small.
 */
export function splitPack(pack: Pack, roleOf: RoleOf): Record<FeedRole, RolePart> {
  const rules = Map.groupBy(pack.rules, roleOf);
  const parts = Object.fromEntries(FEED_ROLES.map((role) => [role, partOf(pack, rules.get(role) ?? [])])) as Record<
    FeedRole,
    RolePart
  >;
  const others = FEED_ROLES.filter((role) => role !== 'vi-urgent').map((role) => parts[role]);
  parts['vi-urgent'] = without(parts['vi-urgent'], others);
  return parts;
}

/** A part with some rules of a pack, and all that they name. */
function partOf(pack: Pack, rules: Rule[]): RolePart {
  const part: RolePart = { ...emptyPart(), rules };
  const named = new Named(pack);
  for (const { detection, explain } of rules) {
    for (const { patterns = [], signal } of Object.values(detection)) {
      named.addPatterns(patterns);
      if (signal !== undefined) named.addSignal(signal);
    }
    for (const language of LANGUAGES) {
      const { tricks, counterfacts } = pack.texts[language];
      const [trick, counterfact] = [tricks[explain.trick], counterfacts[explain.counterfact]];
      if (trick !== undefined) part.texts[language].tricks[explain.trick] = trick;
      if (counterfact !== undefined) part.texts[language].counterfacts[explain.counterfact] = counterfact;
    }
  }
  part.signals = pack.signals.filter(({ name }) => named.signals.has(name));
  part.lists = pack.lists.filter(({ name }) => named.lists.has(name));
  part.aliases = Object.fromEntries(Object.entries(pack.aliases).filter(([words]) => named.says(words)));
  return part;
}

/** Collects what patterns name, and the words that they have. */
class Named {
  readonly signals = new Set<string>();
  readonly lists = new Set<string>();
  /** Every word of a pattern, and runs of words in the order in which they stand. */
  #words = '\n';
  readonly #pack: Pack;

  constructor(pack: Pack) {
    this.#pack = pack;
  }

  addPatterns(patterns: readonly Pattern[]): void {
    for (const pattern of patterns) {
      this.#words += `${plain(sourceOf(pattern))}\n`;
      this.#visit(parsePattern(pattern));
    }
  }

  addSignal(name: string): void {
    if (this.signals.has(name)) return;
    this.signals.add(name);
    this.addPatterns(this.#pack.signals.find((signal) => signal.name === name)?.patterns ?? []);
  }

  /** Whether the words of an alias stand somewhere in what was added; rather once too often than once too seldom. */
  says(words: string): boolean {
    return plain(words)
      .split(' ')
      .filter((word) => word !== '')
      .every((word) => this.#words.includes(word));
  }

  #visit(nodes: readonly PatternNode[]): void {
    for (const node of nodes) {
      if (node.kind === 'signal') this.addSignal(node.name);
      else if (node.kind === 'slot') this.#addList(node.name);
      else if (node.kind === 'any' || node.kind === 'maybe') for (const branch of node.branches) this.#visit(branch);
    }
  }

  #addList(name: string): void {
    const list = this.#pack.lists.find((one) => one.name === name);
    if (list === undefined || this.lists.has(name)) return;
    this.lists.add(name);
    this.addPatterns(list.words);
  }
}

/** Words without their marks, as patterns of both kinds are compared. */
function plain(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[đĐ]/g, 'd')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** A part without what others hold, its rules and kills excepted. */
function without(part: RolePart, others: readonly RolePart[]): RolePart {
  const has = (pick: (other: RolePart) => Iterable<string>): ((name: string) => boolean) => {
    const names = new Set(others.flatMap((other) => [...pick(other)]));
    return (name) => names.has(name);
  };
  const signal = has(({ signals }) => signals.map(({ name }) => name));
  const list = has(({ lists }) => lists.map(({ name }) => name));
  const alias = has(({ aliases }) => Object.keys(aliases));
  const kept = <T>(from: Record<string, T>, isKnown: (name: string) => boolean): Record<string, T> =>
    Object.fromEntries(Object.entries(from).filter(([name]) => !isKnown(name)));
  return {
    ...part,
    signals: part.signals.filter(({ name }) => !signal(name)),
    lists: part.lists.filter(({ name }) => !list(name)),
    aliases: kept(part.aliases, alias),
    texts: Object.fromEntries(
      LANGUAGES.map((language) => [
        language,
        {
          tricks: kept(
            part.texts[language].tricks,
            has(({ texts }) => Object.keys(texts[language].tricks)),
          ),
          counterfacts: kept(
            part.texts[language].counterfacts,
            has(({ texts }) => Object.keys(texts[language].counterfacts)),
          ),
        },
      ]),
    ) as RolePart['texts'],
  };
}
