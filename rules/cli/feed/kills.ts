/** Rules that are switched off: by the urgent role, in minutes, or by `feed.json`, for good. */
import { join } from 'node:path';
import * as z from 'zod/mini';
import { FeedError } from '../../feed/error.ts';
import { issuesOf } from '../../language/schema.ts';
import { readJson, writeJson } from './files.ts';
import type { Work } from './work.ts';

export interface Kills {
  /** Signed by vi-urgent, whose signers are on call. */
  urgent: string[];
  /** Signed by targets, in `feed.json`. */
  lasting: string[];
}

const schema = z.strictObject({ urgent: z.array(z.string()), lasting: z.array(z.string()) });

const killsFile = ({ folder }: Work): string => join(folder, 'kills.json');

/** What is switched off now. @throws FeedError when the file is damaged. */
export function readKills(work: Work): Kills {
  const file = killsFile(work);
  const value = readJson(file) ?? { urgent: [], lasting: [] };
  const [issue] = issuesOf(schema, value);
  if (issue !== undefined) throw new FeedError(`${file} ${issue.path.join('.')}`, issue.what, issue.cure);
  return value as Kills;
}

/** Keeps what is switched off, for the next builds. */
export function writeKills(work: Work, kills: Kills): void {
  writeJson(killsFile(work), kills);
}

/** What is to be switched off and on again. */
export interface KillOrders {
  kill: readonly string[];
  unkill: readonly string[];
  /** Whether `kill` goes into `feed.json`. */
  lasting: boolean;
}

/**
 * What is switched off from now on.
 *
 * @param known titles of all rules by their id; the beginning of an id will do when it is one rule's alone.
 * @throws FeedError when there is no such rule.
 */
export function nextKills(before: Kills, orders: KillOrders, known: ReadonlyMap<string, string>): Kills {
  const { unkill, lasting } = orders;
  const kill = orders.kill.map((text) => {
    const ids = [...known.keys()].filter((id) => id === text || (text.length >= 6 && id.startsWith(text)));
    const [id] = ids;
    if (id === undefined || ids.length > 1)
      throw new FeedError(
        `rule ${text}`,
        id === undefined ? 'is neither in the live rules nor in those to come' : 'could be more than one rule',
        'give the rule’s id as it stands in its file',
      );
    return id;
  });
  for (const id of unkill)
    if (![...before.urgent, ...before.lasting].includes(id))
      throw new FeedError(
        `rule ${id}`,
        'is not switched off',
        `switched off are: ${[...before.urgent, ...before.lasting].join(', ') || 'none'}`,
      );
  const without = (ids: readonly string[]): string[] => ids.filter((id) => !unkill.includes(id));
  const plus = (ids: readonly string[], more: readonly string[]): string[] => [...new Set([...ids, ...more])].sort();
  return {
    urgent: plus(without(before.urgent), lasting ? [] : kill),
    lasting: plus(without(before.lasting), lasting ? kill : []),
  };
}
