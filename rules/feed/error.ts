/** What is wrong with a part of the feed: where it stands, what is wrong, and how to mend it. */
export class FeedError extends Error {
  /** The file, and the line of it where there is one, such as `vi-core line 12`. */
  readonly where: string;
  readonly cure: string;

  constructor(where: string, what: string, cure: string) {
    super(`${where}: ${what}`);
    this.name = 'FeedError';
    this.where = where;
    this.cure = cure;
  }
}
