/** Getting one file from a mirror, with hard limits. A mirror is not trusted with anything: not the bytes, not their number, not the time. */

export interface TransportLimits {
  /** Most bytes to take, after decompression. */
  bytes: number;
  /** Most time for the whole file, in ms. */
  ms: number;
  /** SHA-256 in hex of the copy held: the mirror may answer that it has the same. Computed here, never a tag that the mirror chose. */
  holds?: string;
  signal: AbortSignal;
}

/** `date` is the answer's `Date` header in ms since 1970: good for naming a wrong clock, never for accepting data. */
export type TransportAnswer =
  | { status: 'ok'; bytes: Uint8Array<ArrayBuffer>; date?: number }
  /** `same`: as the copy held. `absent`: 403, 404 or 410. */
  | { status: 'same' | 'absent'; date?: number };

export interface Transport {
  /** @throws TransportError for everything but the three answers. */
  get(url: string, limits: TransportLimits): Promise<TransportAnswer>;
}

export type TransportErrorKind = 'offline' | 'status' | 'too-long' | 'timeout' | 'redirect';

export class TransportError extends Error {
  readonly kind: TransportErrorKind;
  /** When the mirror wants to be asked again, in ms from now. */
  readonly retryAfter: number | undefined;

  constructor(
    kind: TransportErrorKind,
    message: string,
    options: { cause?: unknown; retryAfter?: number | undefined } = {},
  ) {
    super(message, { cause: options.cause });
    this.name = 'TransportError';
    this.kind = kind;
    this.retryAfter = options.retryAfter;
  }
}

/** Most time for one file, in ms. Source: feed.md 4.5. */
export const FILE_TIME = 20_000;

/** Longest `Retry-After` that is believed, in ms: a mirror shall not silence a device for longer than a day. */
const MAX_RETRY_AFTER = 24 * 60 * 60 * 1000;
const ABSENT: readonly number[] = [403, 404, 410];

/** `Retry-After` in ms from now: a number of seconds, or a date; undefined when it says neither. Source: RFC 9110, 10.2.3. */
export function readRetryAfter(header: string | null, now: number): number | undefined {
  if (header === null) return undefined;
  const ms = /^\d{1,9}$/.test(header.trim()) ? Number(header) * 1000 : Date.parse(header) - now;
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(ms, 0), MAX_RETRY_AFTER);
}

/** What comes first: the answer, or the end of the patience. A `fetch` that does not heed its signal cannot hold us up. */
async function before<T>(answer: Promise<T>, signal: AbortSignal): Promise<T> {
  let giveUp: (() => void) | undefined;
  const abort = new Promise<never>((_, reject) => {
    giveUp = () => reject(signal.reason as Error);
    if (signal.aborted) giveUp();
    else signal.addEventListener('abort', giveUp);
  });
  try {
    return await Promise.race([answer, abort]);
  } finally {
    if (giveUp !== undefined) signal.removeEventListener('abort', giveUp);
  }
}

/** Reads a body up to the limit and not one byte further: the rest is not even received. */
async function readBody(response: Response, limit: number, signal: AbortSignal): Promise<Uint8Array<ArrayBuffer>> {
  const reader = response.body?.getReader();
  const parts: Uint8Array[] = [];
  let length = 0;
  try {
    for (;;) {
      if (reader === undefined) break;
      const { done, value } = await before(reader.read(), signal);
      if (done) break;
      length += value.length;
      if (length > limit) throw new TransportError('too-long', `more than ${limit} bytes came`);
      parts.push(value);
    }
  } catch (error) {
    reader?.cancel().catch(() => {});
    throw error;
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** What an answer's status means. @throws TransportError for all that is no answer to the question */
function statusOf(response: Response, asked: boolean): TransportAnswer['status'] {
  const { status, type } = response;
  if (status === 200) return 'ok';
  if (status === 304 && asked) return 'same';
  if (ABSENT.includes(status)) return 'absent';
  if (type === 'opaqueredirect' || (status >= 301 && status <= 308 && status !== 304)) {
    throw new TransportError('redirect', 'the mirror sends us elsewhere');
  }
  const retryAfter = readRetryAfter(response.headers.get('retry-after'), Date.now());
  throw new TransportError('status', `the mirror answered ${status}`, { retryAfter });
}

/**
 * A transport over `fetch`: without cookies, referrer and cache, following nobody elsewhere.
 *
 * Redirects are handled by hand instead of by `redirect: 'error'`: they are followed as little, but a network that wants
 * a sign-in first can be told from no network.
 *
 * @param mayAskConditionally whether a header of our own may go to an address; without the permission for its host it would
 *   cost a preflight and fail
 */
export function fetchTransport(
  fetch: typeof globalThis.fetch,
  mayAskConditionally: (url: string) => Promise<boolean>,
): Transport {
  return {
    async get(url, { bytes: limit, ms, holds, signal: caller }) {
      const signal = AbortSignal.any([caller, AbortSignal.timeout(ms)]);
      try {
        const asks = holds !== undefined && (await before(mayAskConditionally(url), signal));
        const response = await before(
          fetch(url, {
            signal,
            headers: asks ? { 'if-none-match': `"${holds}"` } : {},
            cache: 'no-store',
            credentials: 'omit',
            mode: 'cors',
            redirect: 'manual',
            referrerPolicy: 'no-referrer',
          }),
          signal,
        );
        const date = Date.parse(response.headers.get('date') ?? '');
        const when = Number.isNaN(date) ? {} : { date };
        let status: TransportAnswer['status'] | undefined;
        try {
          status = statusOf(response, asks);
        } finally {
          if (status !== 'ok') response.body?.cancel().catch(() => {});
        }
        return status === 'ok'
          ? { status, bytes: await readBody(response, limit, signal), ...when }
          : { status, ...when };
      } catch (error) {
        if (error instanceof TransportError) throw error;
        if (signal.aborted) throw new TransportError('timeout', 'the mirror did not answer in time', { cause: error });
        throw new TransportError('offline', 'the mirror could not be reached', { cause: error });
      }
    },
  };
}
