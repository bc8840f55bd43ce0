/** Builders for tests of the feed's content: rules that pass the trial texts, and a repository that carries them. */
import {
  writeFeedFile,
  writePart,
  emptyPart,
  patchPath,
  ruleFilePath,
  FEED_ROLES,
  type FeedFile,
  type FeedRole,
  type RolePart,
} from '../../../rules/feed/format.ts';
import { makePatch } from '../../../rules/feed/patch.ts';
import type { Rule } from '../../../rules/language/model.ts';
import type { Transport } from '../../../utils/feed/transport.ts';
import { digest } from '../../fixtures/feed/keys.ts';
import { Repository } from '../../fixtures/feed/repository.ts';
import { idOf, ruleOf } from '../../fixtures/rules.ts';
import { pack } from '../warning/builders.ts';

/** Where the repository seems to be. */
export const BASE = 'https://feed.example.vn/beside/';
const explain = { trick: 'tasks', counterfact: 'jobs' };

/** A rule of this number that warns of one phrase; without one, of what the trial texts have as a lure. */
export function feedRule(number: number, phrase = 'tài khoản an toàn', change: Partial<Rule> = {}): Rule {
  return ruleOf({ lure: [phrase] }, { id: idOf(number), explain, ...change });
}

/** What a role says: these rules, with the texts that they need. */
export function partOf(rules: Rule[], change: Partial<RolePart> = {}): RolePart {
  return { ...emptyPart(), rules, texts: pack().texts, ...change };
}

/** `feed.json`. */
export function feedFile(change: Partial<FeedFile> = {}): FeedFile {
  return { format: 1, issued: '2026-11-25T10:00:00Z', interval: 6, mirrors: [], killed: [], ...change };
}

/** A repository of the feed's roles. */
export class FeedRepository extends Repository {
  readonly texts = new Map<string, string>();

  constructor() {
    super('ed25519');
    this.measures = true;
    for (const role of FEED_ROLES) this.delegate('targets', role, { terminating: true, paths: [`${role}/*`] });
  }

  /** Lists a role's rule file, and the patch to it from the one before where that is known. */
  addRules(role: FeedRole, number: number, part: RolePart, custom?: unknown): this {
    const text = writePart(part);
    this.texts.set(ruleFilePath(role, number), text);
    this.addFile(role, ruleFilePath(role, number), text);
    const target = this.targets(role).targets[ruleFilePath(role, number)];
    if (custom !== undefined && target !== undefined) target.custom = custom;
    const before = this.texts.get(ruleFilePath(role, number - 1));
    if (before !== undefined) this.addFile(role, patchPath(role, number - 1, number), makePatch(before, text));
    return this;
  }

  /** No longer lists a file. */
  dropFile(role: string, path: string): this {
    delete this.targets(role).targets[path];
    return this;
  }

  setFeed(change: Partial<FeedFile> = {}): this {
    this.addFile('targets', 'feed.json', writeFeedFile(feedFile(change)));
    return this;
  }

  /** Signs and serves everything. */
  release(): this {
    this.publish(...FEED_ROLES, 'targets', 'snapshot', 'timestamp');
    return this;
  }

  /** A transport that reads from it without a network; `asked` gets every address. */
  transport(asked: string[] = [], base = BASE): Transport {
    return {
      get: async (url, { bytes: most }) => {
        asked.push(url);
        const bytes = this.answer(url.slice(base.length));
        if (bytes === undefined) return { status: 'absent' };
        if (bytes.length > most) throw new Error(`${url} is longer than asked for`);
        return { status: 'ok', bytes: new Uint8Array(bytes), date: Date.now() };
      },
    };
  }
}

/** The SHA-256 of a text. */
export const sha256 = (text: string): string => digest(text);
