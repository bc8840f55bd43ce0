/** Words of a text as the hashes by which the rules know them. */
import type { CompiledIndex } from './compiled.ts';
import { addSymbol, entryOf } from './fold.ts';
import { FIRST_DIGIT, SEPARATOR, SURROGATE } from './symbols.ts';

/** The number of the first word with this hash; -1 when the rules have none. */
export function findWord(index: CompiledIndex, hash: number): number {
  const { wordHash } = index;
  let low = 0;
  let high = wordHash.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((wordHash[middle] as number) < hash) low = middle + 1;
    else high = middle;
  }
  return wordHash[low] === hash ? low : -1;
}

/** The hash of a word; `ascii` gives the symbols of ASCII units when they are not to be read as what they are. */
export function hashOf(word: string, ascii?: Uint8Array): number {
  let hash = 0;
  let previous = 0;
  for (let at = 0; at < word.length; at += 1) {
    const unit = word.charCodeAt(at);
    const symbol = ascii !== undefined && unit < 0x80 ? (ascii[unit] as number) : entryOf(unit) & 63;
    if (symbol === SEPARATOR || symbol >= SURROGATE) continue;
    if (symbol !== previous || symbol >= FIRST_DIGIT) hash = addSymbol(hash, symbol);
    previous = symbol;
  }
  return hash;
}
