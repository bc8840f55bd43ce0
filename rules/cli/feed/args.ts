/** What the commands are given: options by name, the rest by place. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { FeedError } from '../../feed/error.ts';
import { FEED_ROLES, type FeedRole } from '../../feed/path.ts';
import { CONFIG_FILE, roleNamed } from './config.ts';
import { openWork, type Work } from './work.ts';

/** Thrown when a command was called wrongly; its usage is shown then. */
export class UsageError extends Error {}

export interface Command {
  /** In one line, for the list of commands. */
  brief: string;
  usage: string;
  /** @returns the exit status. @throws FeedError, UsageError */
  run: (args: readonly string[]) => Promise<number>;
}

export interface Arguments {
  places: string[];
  /** The value of an option that is given once. */
  text: (name: string) => string | undefined;
  /** The values of an option that may be given more than once, or with commas. */
  list: (name: string) => string[];
  has: (name: string) => boolean;
}

/**
 * Reads arguments.
 *
 * @param options names of options; with a value those that end in `=`, `list=` those with several.
 * @param most how many arguments without a name there may be.
 */
export function readArguments(args: readonly string[], options: readonly string[], most: number): Arguments {
  const known = [...options, 'work=', 'now='];
  const lists = new Set(known.filter((name) => name.endsWith('…=')).map((name) => name.slice(0, -2)));
  const config = Object.fromEntries(
    known.map((name) => [
      name.replace(/…?=$/, ''),
      { type: name.endsWith('=') ? ('string' as const) : ('boolean' as const), multiple: name.endsWith('=') },
    ]),
  );
  let parsed: { values: Partial<Record<string, unknown>>; positionals: string[] };
  try {
    parsed = parseArgs({ args: [...args], options: config, allowPositionals: true });
  } catch (error) {
    throw new UsageError(`${(error as Error).message.split('. To specify')[0]?.replace(/\.$/, '') ?? ''}.`);
  }
  const { values, positionals } = parsed;
  if (positionals.length > most)
    throw new UsageError(`“${positionals[most] ?? ''}” is one argument too many; put a text with spaces in quotes.`);
  const given = (name: string): string[] => (values[name] ?? []) as string[];
  for (const name of Object.keys(values))
    if (Array.isArray(values[name]) && given(name).length > 1 && !lists.has(name))
      throw new UsageError(`--${name} may be given once.`);
  return {
    places: positionals,
    text: (name) => given(name)[0],
    list: (name) =>
      given(name)
        .flatMap((value) => value.split(','))
        .filter((value) => value !== ''),
    has: (name) => values[name] !== undefined,
  };
}

/** A path as the person who called the command means it: npm runs commands in the project's folder. */
export function placeOf(path: string): string {
  const called = process.env['npm_lifecycle_event'] === 'feed' ? process.env['INIT_CWD'] : undefined;
  return resolve(called ?? process.cwd(), path);
}

/** The same for an address or a path. */
export function addressOf(place: string): string {
  return /^https?:\/\//.test(place) ? place : placeOf(place);
}

/** The working folder: `--work`, else BESIDE_FEED, else where one is called, else `feed-work` there. */
export function workOf(args: Arguments): Work {
  return openWork(workFolder(args));
}

function workFolder(args: Arguments): string {
  const given = args.text('work') ?? process.env['BESIDE_FEED'];
  if (given !== undefined && given !== '') return placeOf(given);
  const here = placeOf('.');
  return !existsSync(join(here, CONFIG_FILE)) && existsSync(join(here, 'feed-work', CONFIG_FILE))
    ? join(here, 'feed-work')
    : here;
}

/** The working folder, or undefined when there is none and none was named. */
export function workIfAny(args: Arguments): Work | undefined {
  const folder = workFolder(args);
  return args.has('work') || existsSync(join(folder, CONFIG_FILE)) ? openWork(folder) : undefined;
}

/** The time that counts: the clock, or `--now` in drills. @throws FeedError */
export function nowOf(args: Arguments): Date {
  const text = args.text('now');
  if (text === undefined) return new Date();
  const now = new Date(text);
  if (Number.isNaN(now.getTime())) throw new FeedError('--now', 'is no time', 'write it as 2026-11-25T10:00:00Z');
  return now;
}

/** The argument at a place. @throws UsageError that names what is missing. */
export function required({ places }: Arguments, at: number, what: string): string {
  const value = places[at];
  if (value === undefined) throw new UsageError(`${what} is missing.`);
  return value;
}

/** `ROLE=PERCENT`, for one role or `all`. @throws FeedError */
export function readRollouts(texts: readonly string[]): Partial<Record<FeedRole, number>> {
  const rollout: Partial<Record<FeedRole, number>> = {};
  for (const text of texts) {
    const [, name = '', percent = ''] = /^([\w-]+)=(\d{1,3})$/.exec(text) ?? [];
    if (name === '' || Number(percent) > 100)
      throw new FeedError(
        `--rollout ${text}`,
        'is no share of devices',
        'write ROLE=PERCENT, such as vi-core=10 or all=100',
      );
    for (const role of name === 'all' ? FEED_ROLES : [roleNamed(name, FEED_ROLES)]) rollout[role] = Number(percent);
  }
  return rollout;
}
