// @vitest-environment node
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { fetchTransport, readRetryAfter, TransportError, type TransportAnswer } from '../../../utils/feed/transport.ts';

const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/timestamp.json`;
}

interface Ask {
  bytes?: number;
  ms?: number;
  holds?: string;
  signal?: AbortSignal;
  mayAsk?: boolean;
  fetch?: typeof fetch;
}

async function get(url: string, ask: Ask = {}): Promise<TransportAnswer> {
  const { bytes = 1000, ms = 5000, holds, signal = new AbortController().signal, mayAsk = true } = ask;
  const transport = fetchTransport(ask.fetch ?? fetch, async () => mayAsk);
  return transport.get(url, { bytes, ms, signal, ...(holds === undefined ? {} : { holds }) });
}

async function errorOf(answer: Promise<unknown>): Promise<TransportError> {
  const error: unknown = await answer.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(TransportError);
  return error as TransportError;
}

describe('the transport', () => {
  it('brings the bytes and the server’s date', async () => {
    const url = await serve((_, answer) => answer.setHeader('date', 'Thu, 26 Nov 2026 00:00:00 GMT').end('hello'));
    const got = await get(url);
    expect(got).toMatchObject({ status: 'ok', date: Date.parse('2026-11-26T00:00:00Z') });
    expect(new TextDecoder().decode(got.status === 'ok' ? got.bytes : undefined)).toBe('hello');
  });

  it('says nothing about the device: no cookies, no referrer, no cache, no redirect', async () => {
    const asked = vi.fn<typeof fetch>(async () => new Response('x'));
    await get('https://mirror.example/', { fetch: asked });
    expect(asked.mock.calls[0]?.[1]).toMatchObject({
      cache: 'no-store',
      credentials: 'omit',
      redirect: 'manual',
      referrerPolicy: 'no-referrer',
      headers: {},
    });
  });

  it.each([403, 404, 410])('takes %i for “not there”', async (status) => {
    const url = await serve((_, answer) => answer.writeHead(status).end('nobody reads this'));
    expect((await get(url)).status).toBe('absent');
  });

  it.each([201, 204, 206, 400, 401, 429, 500, 503])('takes %i for an error', async (status) => {
    const url = await serve((_, answer) => answer.writeHead(status, { 'retry-after': '120' }).end());
    expect(await errorOf(get(url))).toMatchObject({ kind: 'status', retryAfter: 120_000 });
  });

  it.each([301, 302, 303, 307, 308])('follows nobody elsewhere (%i), not even to a good file', async (status) => {
    let good = 0;
    const url = await serve((request, answer) => {
      if (request.url === '/good') good += 1;
      answer.writeHead(request.url === '/good' ? 200 : status, { location: '/good' }).end('x');
    });
    expect((await errorOf(get(url))).kind).toBe('redirect');
    expect(good).toBe(0);
  });

  it('tells a redirect that a browser hides', async () => {
    const hidden = Object.defineProperty(new Response(null), 'type', { value: 'opaqueredirect' });
    Object.defineProperty(hidden, 'status', { value: 0 });
    expect((await errorOf(get('https://mirror.example/', { fetch: async () => hidden }))).kind).toBe('redirect');
  });

  it('asks by the hash of what is held, and takes 304 for “the same” only then', async () => {
    const asked: (string | undefined)[] = [];
    const url = await serve((request, answer) => {
      asked.push(request.headers['if-none-match']);
      answer.writeHead(304).end();
    });
    expect((await get(url, { holds: 'ab12' })).status).toBe('same');
    expect((await errorOf(get(url, { holds: 'ab12', mayAsk: false }))).kind).toBe('status');
    expect((await errorOf(get(url))).kind).toBe('status');
    expect(asked).toEqual(['"ab12"', undefined, undefined]);
  });

  it('takes exactly as many bytes as are allowed, and not one more', async () => {
    const url = await serve((_, answer) => answer.end('x'.repeat(1000)));
    expect((await get(url, { bytes: 1000 })).status).toBe('ok');
    expect((await errorOf(get(url, { bytes: 999 }))).kind).toBe('too-long');
  });

  it('breaks off a file without end', async () => {
    let sent = 0;
    const url = await serve((_, answer) => {
      const more = (): void => {
        while (!answer.destroyed && answer.write('x'.repeat(16_384))) sent += 16_384;
        answer.once('drain', more);
      };
      more();
    });
    expect((await errorOf(get(url, { bytes: 50_000 }))).kind).toBe('too-long');
    expect(sent).toBeLessThan(30_000_000);
  });

  it('counts bytes after decompression, so that a small file cannot become a large one', async () => {
    const bomb = gzipSync(Buffer.alloc(5_000_000));
    const url = await serve((_, answer) => answer.setHeader('content-encoding', 'gzip').end(bomb));
    expect(bomb.length).toBeLessThan(10_000);
    expect((await errorOf(get(url, { bytes: 100_000 }))).kind).toBe('too-long');
  });

  it.each([
    ['never answers', () => {}],
    ['stops in the middle', (answer: { write(text: string): void }) => answer.write('x')],
  ])('gives up on a server that %s', async (_, act) => {
    const url = await serve((__, answer) => act(answer));
    expect((await errorOf(get(url, { ms: 100 }))).kind).toBe('timeout');
  });

  it('gives up on a fetch that heeds no signal', async () => {
    const deaf = async (): Promise<Response> => new Promise(() => {});
    expect((await errorOf(get('https://mirror.example/', { ms: 50, fetch: deaf }))).kind).toBe('timeout');
  });

  it('gives up on a body that heeds no signal', async () => {
    const deaf = async (): Promise<Response> =>
      new Response(new ReadableStream({ pull: async () => new Promise(() => {}) }));
    expect((await errorOf(get('https://mirror.example/', { ms: 50, fetch: deaf }))).kind).toBe('timeout');
  });

  it('ends when its caller has no time left', async () => {
    const caller = new AbortController();
    const url = await serve(() => caller.abort());
    expect((await errorOf(get(url, { signal: caller.signal }))).kind).toBe('timeout');
    expect((await errorOf(get(url, { signal: AbortSignal.abort() }))).kind).toBe('timeout');
  });

  it('says “offline” for a server that is not there, and for one that hangs up', async () => {
    expect((await errorOf(get('http://127.0.0.1:9/'))).kind).toBe('offline');
    const url = await serve((_, answer) => {
      answer.writeHead(200, { 'content-length': '100' });
      answer.write('x', () => answer.destroy());
    });
    expect((await errorOf(get(url))).kind).toBe('offline');
  });
});

describe('Retry-After', () => {
  const now = Date.parse('2026-11-26T00:00:00Z');
  it.each([
    [null, undefined],
    ['120', 120_000],
    ['0', 0],
    ['Thu, 26 Nov 2026 00:01:00 GMT', 60_000],
    ['Wed, 25 Nov 2026 00:00:00 GMT', 0],
    ['999999999', 86_400_000],
    ['Thu, 26 Nov 2099 00:00:00 GMT', 86_400_000],
    ['soon', undefined],
    ['', undefined],
  ])('of %s is %s ms', (header, ms) => {
    expect(readRetryAfter(header, now)).toBe(ms);
  });
});
