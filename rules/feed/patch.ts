/**
 * Patches of rule files by lines, in the form of `diff -n` (RCS): `d3 2` deletes two lines from the third on, `a5 1` adds
 * the one line that follows after the fifth. Lines are counted in the file that the patch is from.
 */
import { FeedError } from './error.ts';

const WHERE = 'patch';

/** Makes the patch from one rule file to another; the shortest there is when the lines of both are sorted. */
export function makePatch(from: string, to: string): string {
  const [old, next] = [linesOf(from), linesOf(to)];
  const out: string[] = [];
  let [at, taken] = [0, 0];
  while (at < old.length || taken < next.length) {
    if (old[at] === next[taken]) {
      at += 1;
      taken += 1;
      continue;
    }
    const [begin, first] = [at, taken];
    // Of two lines that differ, the smaller is in one file alone when both are sorted.
    while ((at < old.length || taken < next.length) && old[at] !== next[taken]) {
      const [one, other] = [old[at], next[taken]];
      if (other === undefined || (one !== undefined && one < other)) at += 1;
      else taken += 1;
    }
    if (at > begin) out.push(`d${begin + 1} ${at - begin}`);
    if (taken > first) out.push(`a${at} ${taken - first}`, ...next.slice(first, taken));
  }
  return out.map((line) => `${line}\n`).join('');
}

/**
 * Applies a patch to the file that it is from. The result is not to be trusted before its hash was looked at: a patch for
 * another file may apply as well.
 *
 * @throws FeedError when the patch is not well formed or leads out of the file.
 */
export function applyPatch(from: string, patch: string): string {
  const [old, commands] = [linesOf(from), linesOf(patch)];
  const out: string[] = [];
  let at = 0;
  const keepTo = (line: number): void => {
    if (line < at || line > old.length)
      throw new FeedError(WHERE, `it leads to line ${line} of ${old.length}, from line ${at}`, 'take the whole file');
    for (; at < line; at += 1) out.push(old[at] as string);
  };
  for (let index = 0; index < commands.length; index += 1) {
    const found = /^([ad])(\d{1,9}) (\d{1,9})$/.exec(commands[index] as string);
    const [line, count] = [Number(found?.[2]), Number(found?.[3])];
    if (found === null || count === 0 || (found[1] === 'd' && line === 0))
      throw new FeedError(`${WHERE} line ${index + 1}`, 'it is no order to add or delete lines', 'take the whole file');
    if (found[1] === 'd') {
      keepTo(line - 1);
      if (at + count > old.length)
        throw new FeedError(
          `${WHERE} line ${index + 1}`,
          'it deletes more lines than there are',
          'take the whole file',
        );
      at += count;
    } else {
      keepTo(line);
      if (index + count >= commands.length)
        throw new FeedError(`${WHERE} line ${index + 1}`, 'it ends before all lines to add', 'take the whole file');
      for (const end = index + count; index < end; index += 1) out.push(commands[index + 1] as string);
    }
  }
  keepTo(old.length);
  return out.map((line) => `${line}\n`).join('');
}

/** The lines of a text of which each has an end. */
function linesOf(text: string): string[] {
  if (text === '') return [];
  if (!text.endsWith('\n')) throw new FeedError(WHERE, 'the last line has no end', 'take the whole file');
  const lines = text.split('\n');
  lines.pop();
  return lines;
}
