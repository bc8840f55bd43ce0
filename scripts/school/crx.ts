/**
 * Chromium's own package (CRX3) and update manifest, for a school that serves Beside from its own network. Form: Chromium,
 * components/crx_file/crx3.proto and crx_creator.cc.
 */
import { Buffer } from 'node:buffer';
import { createPublicKey, createSign, generateKeyPairSync } from 'node:crypto';
import { sha256 } from '../package/archive.ts';

/** A new RSA key as PEM; whoever has it can publish updates under the same id. */
export function makeKey(): string {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

function publicKeyOf(key: string): Buffer {
  return createPublicKey(key).export({ type: 'spki', format: 'der' });
}

/** The id of the extension that a key signs: 32 letters from a to p. */
export function idOf(key: string): string {
  return Array.from(sha256(publicKeyOf(key)).slice(0, 32))
    .map((digit) => String.fromCharCode(97 + parseInt(digit, 16)))
    .join('');
}

/** Signs a zip of the built extension. */
export function crxOf(zip: Uint8Array, key: string): Buffer {
  const publicKey = publicKeyOf(key);
  const id = Buffer.from(sha256(publicKey).slice(0, 32), 'hex');
  const signedData = field(1, id);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(signedData.length);
  const signature = createSign('sha256')
    .update(Buffer.concat([Buffer.from('CRX3 SignedData\0'), length, signedData, zip]))
    .sign(key);
  const header = Buffer.concat([
    field(2, Buffer.concat([field(1, publicKey), field(2, signature)])),
    field(10_000, signedData),
  ]);
  const start = Buffer.alloc(12);
  start.write('Cr24');
  start.writeUInt32LE(3, 4);
  start.writeUInt32LE(header.length, 8);
  return Buffer.concat([start, header, zip]);
}

/** A field of bytes as protocol buffers write it. */
function field(number: number, bytes: Uint8Array): Buffer {
  return Buffer.concat([varint((number << 3) | 2), varint(bytes.length), bytes]);
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  for (let rest = value; ; rest >>>= 7) {
    if (rest < 128) return Buffer.from([...bytes, rest]);
    bytes.push((rest & 127) | 128);
  }
}

/** What browsers ask for to learn of a new version. */
export function updateManifest(id: string, version: string, crxUrl: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<gupdate xmlns="http://www.google.com/update2/response" protocol="2.0">
  <app appid="${id}">
    <updatecheck codebase="${crxUrl}" version="${version}" />
  </app>
</gupdate>
`;
}
