/** Letters with signs between them (“c ô n g  a n”, “c.ô.n.g”) as words. A sign that goes away becomes an unseen one, so that every offset stays. */
import type { Tokens } from './fold.ts';
import { FIRST_DIGIT } from './symbols.ts';

const UNSEEN = '\u2060';
/** Shortest run of single letters that is read as spaced-out words. */
export const SPACED_RUN = 4;
/** Widest gap, in units, between two words of spaced-out letters. */
const WIDEST_GAP = 6;

/**
 * A text with the signs between single letters made unseen, where at least SPACED_RUN of them stand together; a wider
 * gap stays a gap between words. Undefined when there is no such run.
 */
export function joinSpaced(text: string, tokens: Tokens): string | undefined {
  let joined = '';
  let done = 0;
  for (let index = 0; index < tokens.count; index += 1) {
    let last = index;
    while (last < tokens.count && isSingle(tokens, last) && (last === index || gapBefore(tokens, last) <= WIDEST_GAP))
      last += 1;
    if (last - index >= SPACED_RUN) {
      for (let part = index + 1; part < last; part += 1) {
        const from = tokens.endOf(part - 1);
        const to = tokens.startOf(part);
        if (!isOneSign(text, from, to)) continue;
        joined += text.slice(done, from) + UNSEEN.repeat(to - from);
        done = to;
      }
    }
    index = Math.max(index, last - 1);
  }
  return done === 0 ? undefined : joined + text.slice(done);
}

/** The tokens of a joined text that were letters apart: they may be several words, of which no rule has exactly this run. */
export function joinedTokens(tokens: Tokens): number[] {
  const joined: number[] = [];
  for (let token = 0; token < tokens.count; token += 1) {
    if (tokens.text.slice(tokens.startOf(token), tokens.endOf(token)).includes(UNSEEN)) joined.push(token);
  }
  return joined;
}

function gapBefore(tokens: Tokens, index: number): number {
  return tokens.startOf(index) - tokens.endOf(index - 1);
}

function isSingle(tokens: Tokens, index: number): boolean {
  const hash = tokens.hash[index] ?? 0;
  return hash > 0 && hash < FIRST_DIGIT;
}

/** Whether one sign stands between two offsets: one unit, or an emoji, which may be several. */
function isOneSign(text: string, from: number, to: number): boolean {
  return (
    to - from === 1 ||
    (to - from <= 5 && /^\p{Extended_Pictographic}\p{Emoji_Modifier}?\uFE0F?$/u.test(text.slice(from, to)))
  );
}
