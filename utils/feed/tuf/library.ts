/**
 * The verification core of tuf-js, the one place where it is imported. `scripts/tuf-library.ts` bundles this file with the
 * shims beside it instead of Node's own parts, for the extension, the executable and the tests alike: what is tested is
 * what ships.
 *
 * `tuf-js/dist/store.js` is no documented export. It is pinned to one version; on every bump the conformance tests decide.
 */
export {
  Metadata,
  MetadataKind,
  type Key,
  type Root,
  type Snapshot,
  type Targets,
  type Timestamp,
} from '@tufjs/models';
export { LengthOrHashMismatchError, UnsignedMetadataError } from '@tufjs/models/dist/error.js';
export { BadVersionError, EqualVersionError, ExpiredMetadataError } from 'tuf-js/dist/error.js';
export { TrustedMetadataStore } from 'tuf-js/dist/store.js';
export { Buffer } from './shims/buffer.ts';
