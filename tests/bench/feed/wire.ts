/**
 * A mirror over HTTPS and HTTP/2 on this machine, behind a gate that counts every byte of every connection: what TLS puts
 * on the wire, without the headers of TCP and IP.
 */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { createSecureServer } from 'node:http2';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { generate } from 'selfsigned';
import { canonical, digest } from '../../fixtures/feed/keys.ts';

export type Encoding = 'identity' | 'gzip' | 'br';

/** Bytes from the device and to it. */
export interface Traffic {
  up: number;
  down: number;
  connections: number;
}

export interface Wire {
  /** Ends in `/`. */
  address: string;
  /** Folder that is served. */
  folder: string;
  encoding: Encoding;
  /** Files that are not there. */
  hides: (path: string) => boolean;
  /** Bytes since the last call. */
  traffic(): Traffic;
  /** Breaks every connection, as minutes without a request do. */
  disconnect(): void;
  close(): Promise<void>;
}

const COMPRESSED = /\.(?:json|jsonl|patch)$/u;

/** Starts the mirror. */
export async function startWire(folder: string): Promise<Wire> {
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'feed.localhost' }], {
    keyType: 'ec',
    algorithm: 'sha256',
  });
  const server = createSecureServer({ key, cert, allowHTTP1: true }, (request, response) => {
    const path = decodeURIComponent(new URL(request.url, 'https://feed').pathname.slice(1));
    const file = join(wire.folder, path);
    if (path.includes('..') || wire.hides(path) || !existsSync(file) || !statSync(file).isFile()) {
      response.writeHead(404).end();
      return;
    }
    const bytes = readFileSync(file);
    if (path.endsWith('timestamp.json') && request.headers['if-none-match'] === tagOf(bytes)) {
      response.writeHead(304).end();
      return;
    }
    const { encoding } = wire;
    const isSmaller = encoding !== 'identity' && COMPRESSED.test(path) && bytes.length > 200;
    const body = isSmaller ? compress(bytes, encoding) : bytes;
    response
      .writeHead(200, { 'content-length': body.length, ...(isSmaller ? { 'content-encoding': encoding } : {}) })
      .end(body);
  });
  await listen(server);
  const { port } = server.address() as AddressInfo;

  const open = new Set<Socket>();
  let counted: Traffic = { up: 0, down: 0, connections: 0 };
  const gate = createServer((device) => {
    const inner = connect(port, '127.0.0.1');
    counted.connections += 1;
    open.add(device).add(inner);
    device.on('data', (chunk: Buffer) => void (counted.up += chunk.length));
    inner.on('data', (chunk: Buffer) => void (counted.down += chunk.length));
    device.pipe(inner).pipe(device);
    for (const [one, other] of [
      [device, inner],
      [inner, device],
    ] as const) {
      one.on('error', () => other.destroy());
      one.on('close', () => (open.delete(one), other.destroy()));
    }
  });
  await listen(gate);
  const wire: Wire = {
    address: `https://127.0.0.1:${(gate.address() as AddressInfo).port}/`,
    folder,
    encoding: 'br',
    hides: () => false,
    traffic: () => {
      const traffic = counted;
      counted = { up: 0, down: 0, connections: 0 };
      return traffic;
    },
    disconnect: () => {
      for (const socket of open) socket.destroy();
    },
    close: async () => {
      for (const socket of open) socket.destroy();
      await Promise.all(
        [gate, server].map(
          (one) =>
            new Promise((closed) => {
              one.close(closed);
            }),
        ),
      );
    },
  };
  return wire;
}

function listen(server: { listen(port: number, host: string, ready: () => void): unknown }): Promise<void> {
  return new Promise((ready) => {
    server.listen(0, '127.0.0.1', ready);
  });
}

const compressed = new Map<string, Buffer>();

/** As small as can be, once for each file: a publisher does it beforehand, with all the time that it wants. */
export function compress(bytes: Buffer, encoding: Encoding): Buffer {
  if (encoding === 'identity') return bytes;
  const id = `${encoding} ${digest(bytes)}`;
  const body = compressed.get(id) ?? compressNow(bytes, encoding);
  compressed.set(id, body);
  return body;
}

function compressNow(bytes: Buffer, encoding: 'gzip' | 'br'): Buffer {
  if (encoding === 'gzip') return gzipSync(bytes, { level: 9 });
  return brotliCompressSync(bytes, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
  });
}

function tagOf(bytes: Buffer): string {
  return `"${digest(canonical((JSON.parse(bytes.toString()) as { signed: unknown }).signed))}"`;
}
