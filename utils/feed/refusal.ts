/** Why the feed, or one mirror of it, was refused. Nothing that was refused is ever used. */

/**
 * What was wrong.
 *
 * - `signature`: too few good signatures of the keys that may sign it
 * - `expired`: it was good until a time that is past; the mirror is frozen, or nobody signed anew
 * - `rollback`: an older version than this device has seen
 * - `mix`: parts that do not belong to one publication
 * - `hash`: other bytes than the signed hash and length say
 * - `too-long`: more bytes, members or levels than are allowed
 * - `format`: it cannot be read as metadata
 * - `missing`: the mirror, or the device, has not got it
 * - `offline`, `timeout`, `status`, `redirect`: the mirror could not be asked, did not answer in time, answered with an
 *   error, or sent us elsewhere
 */
export type RefusalKind =
  | 'signature'
  | 'expired'
  | 'rollback'
  | 'mix'
  | 'hash'
  | 'too-long'
  | 'format'
  | 'missing'
  | 'offline'
  | 'timeout'
  | 'status'
  | 'redirect';

/** A refusal: what was wrong, with which file, and how to mend it. The message holds all three. */
export class FeedRefusal extends Error {
  readonly kind: RefusalKind;
  /** The file as the repository names it, such as `timestamp.json` or `vi-core/7.jsonl`. */
  readonly file: string;
  readonly cure: string;
  /** When the mirror wants to be asked again, in ms from now; only of `status`. */
  readonly retryAfter: number | undefined;

  constructor(
    kind: RefusalKind,
    file: string,
    what: string,
    cure: string,
    options: { cause?: unknown; retryAfter?: number | undefined } = {},
  ) {
    super(`${file}: ${what}; ${cure}`, { cause: options.cause });
    this.name = 'FeedRefusal';
    this.kind = kind;
    this.file = file;
    this.cure = cure;
    this.retryAfter = options.retryAfter;
  }
}
