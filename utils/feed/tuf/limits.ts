/**
 * Every bound on metadata, with its reason. The signed length of a file is the exact bound wherever there is one; these
 * hold where there is none, and against a signer who lost the keys.
 */

/** Most bytes of a root: 40 RSA keys, signed by all, fit. Ours has some 4 KB. */
export const MAX_ROOT = 128 * 1024;
/** Most bytes of a timestamp: it names one file. Ours has some 500. */
export const MAX_TIMESTAMP = 16 * 1024;
/** Most bytes of a snapshot: 512 roles with hashes and length fit. */
export const MAX_SNAPSHOT = 512 * 1024;
/** Most bytes of a targets role: 512 targets with hashes and a rollout each, and as many delegations, fit. */
export const MAX_TARGETS = 1024 * 1024;
/** Most roots that one refresh walks; the next one goes on from there. One a week for five years. */
export const MAX_ROTATIONS = 256;
/** Most roles that a search for one target visits, the first one not counted. TUF asks for a bound; tuf-js takes 32. */
export const MAX_DELEGATIONS = 32;
/** Deepest nesting: TUF's own is 7; the rest is for what a publisher adds in `custom`. */
export const MAX_DEPTH = 24;
/** Most members of one object or list: the library's time grows with their square, and 512 take it some 50 ms. Ours has 20. */
export const MAX_MEMBERS = 512;
/** Most values in one file, so that many objects of many members are no way around the bound above. */
export const MAX_VALUES = 20_000;
/** Most keys of one role: each can cost a signature check, some 9 ms in Firefox. */
export const MAX_ROLE_KEYS = 32;
/** Most letters of a role's name once percent-encoded: with version and `.json` it still is a file's name everywhere. */
export const MAX_ROLE_NAME = 200;
/** Most letters of a target's path. */
export const MAX_TARGET_PATH = 512;
/** Longest `x-tuf-on-ci-expiry-period` that is believed, in days: ten years, as Sigstore's snapshot has. */
export const MAX_PERIOD_DAYS = 3660;
