/**
 * What the update of the feed needs of storage. Dexie implements it in the extension, a map in tests, a folder in the
 * executable; `utils/feed/tuf/` knows no other door to what is kept.
 */

/** The newest versions that this device has seen, kept apart from the metadata so that both have to be lost at once. */
export interface Floor {
  root: number;
  timestamp: number;
  snapshot: number;
  /**
   * Whose numbers these are: the timestamp's and the snapshot's keys, as `describeKeys` in `tuf/floor.ts` writes them. A
   * rotation of those keys resets the numbers, so that a repository recovers from a thief who counted them up.
   */
  keys: string;
  /** Newest time of issue in verified metadata, in ms since 1970; 0 when none says it. */
  issued: number;
}

export interface FeedStorage {
  /** Trusted metadata as stored, else as bundled; undefined when neither has the role. Names of roles are the feed's: any text. */
  readMetadata(role: string): Promise<Uint8Array | undefined>;
  /**
   * The package's own copy, even where a stored one hides it. With it a damaged copy heals, and a newer package is a
   * newer floor. A storage without a package leaves it out.
   */
  readBundled?(role: string): Promise<Uint8Array | undefined>;
  /** Keeps a role's metadata, called as each is verified: root → timestamp → snapshot → targets → delegated roles. */
  writeMetadata(role: string, bytes: Uint8Array): Promise<void>;
  /** Forgets the stored copy; a bundled one stays. */
  deleteMetadata(role: string): Promise<void>;
  readFloor(): Promise<Floor | undefined>;
  /** Keeps the floor as given. What is higher, and what a rotation resets, is decided by the caller. */
  raiseFloor(floor: Floor): Promise<void>;
}
