/**
 * The path patterns of TUF: `*` stands for any run of characters, `?` for exactly one; everything else is itself. The
 * library cuts path and pattern at each slash and asks part by part, so neither ever crosses one. The time is bounded by
 * the product of both lengths; there is nothing to blow up, as there was in the package of this name.
 */
export function minimatch(text: string, pattern: string): boolean {
  let at = 0;
  let patternAt = 0;
  // Where the last star stands, and how far into the text it reaches so far.
  let star = -1;
  let reached = 0;
  while (at < text.length) {
    const sign = pattern[patternAt];
    if (sign === '*') {
      star = patternAt;
      reached = at;
      patternAt += 1;
    } else if (sign !== undefined && (sign === '?' || sign === text[at])) {
      at += 1;
      patternAt += 1;
    } else if (star >= 0) {
      reached += 1;
      at = reached;
      patternAt = star + 1;
    } else return false;
  }
  while (pattern[patternAt] === '*') patternAt += 1;
  return patternAt === pattern.length;
}
