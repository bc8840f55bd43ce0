/** From the parts of several roles to one rule set. */
import { dayOfRules, LANGUAGES, type Pack } from '../language/model.ts';
import { FeedError } from './error.ts';
import { emptyPart, type RolePart } from './format.ts';
import { canonicalJson } from './json.ts';
import { FEED_ROLES, type FeedRole } from './path.ts';

/**
 * Merges the parts of the roles: what two of them say alike under one name is said once. Rules that are switched off,
 * by `killed` or by the urgent role, are left out. The result is for `checkPack` and `compilePack` to judge.
 *
 * @param version shown to people; the version of the snapshot that brought this content.
 * @throws FeedError when two roles say unlike things under one name; it names both.
 */
export function mergeParts(
  parts: Partial<Record<FeedRole, RolePart>>,
  killed: readonly string[],
  version: number,
): Pack {
  const { rules, signals, lists, texts } = emptyPart();
  const ways = new Map<string, Set<string>>();
  const off = new Set(killed);
  const said = new Map<string, Map<string, { role: FeedRole; value: unknown }>>();
  /** Whether it is the first to have this name. */
  const isNew = (role: FeedRole, kind: string, name: string, value: unknown): boolean => {
    const names = said.get(kind) ?? new Map<string, { role: FeedRole; value: unknown }>();
    const before = names.get(name);
    if (before === undefined) {
      if (names.size === 0) said.set(kind, names);
      names.set(name, { role, value });
      return true;
    }
    if (canonicalJson(before.value) !== canonicalJson(value))
      throw new FeedError(
        `${before.role} and ${role}`,
        `they say unlike things of ${kind} ${name}`,
        'give one of the two another name, or make them alike',
      );
    return false;
  };
  for (const role of FEED_ROLES) {
    const part = parts[role];
    if (part === undefined) continue;
    for (const rule of part.rules) if (isNew(role, 'rule', rule.id, rule)) rules.push(rule);
    for (const signal of part.signals) if (isNew(role, 'signal', signal.name, signal)) signals.push(signal);
    for (const list of part.lists) if (isNew(role, 'list', list.name, list)) lists.push(list);
    for (const [word, others] of Object.entries(part.aliases)) {
      const known = ways.get(word) ?? new Set();
      for (const way of others) known.add(way);
      ways.set(word, known);
    }
    for (const language of LANGUAGES)
      for (const kind of ['tricks', 'counterfacts'] as const)
        for (const [id, text] of Object.entries(part.texts[language][kind]))
          if (isNew(role, `${kind} (${language})`, id, text)) Object.assign(texts[language][kind], { [id]: text });
    if (role === 'vi-urgent') for (const id of part.kills) off.add(id);
  }
  const left = rules.filter(({ id }) => !off.has(id));
  return {
    format: 1,
    version,
    date: dayOfRules(left),
    rules: left,
    signals,
    lists,
    aliases: Object.fromEntries([...ways].map(([word, others]) => [word, [...others].toSorted()])),
    texts,
  };
}
