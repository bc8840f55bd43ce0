/** Options that the commands over corpora share: which records are judged. */
import { parseFold, type Selection } from './folds.ts';

/** What the usage says of the options that choose records. */
export const SELECTION_USAGE = `  --family PREFIX     only records whose family begins so (may be given more than once)
  --leave-out PREFIX  none whose family begins so (may be given more than once)
  --fold K/N          only the families of fold K of N; --fold not-K/N: all others
`;

export interface CorpusOptions {
  files: string[];
  flags: Set<string>;
  selection: Selection;
}

/**
 * Reads the arguments of a command over corpora; `flags` are the options that it knows besides the shared ones.
 *
 * @throws RangeError that says what is wrong, for people.
 */
export function readOptions(command: string, args: readonly string[], flags: readonly string[]): CorpusOptions {
  const options: CorpusOptions = { files: [], flags: new Set(), selection: { families: [], leftOut: [] } };
  const { selection } = options;
  const unknown: string[] = [];
  const rest = [...args];
  const valueOf = (option: string, wanted: string): string => {
    const value = rest.shift();
    if (value === undefined || value.startsWith('--')) throw new RangeError(`${option} needs ${wanted}.`);
    return value;
  };
  for (let arg = rest.shift(); arg !== undefined; arg = rest.shift()) {
    if (arg === '--family') selection.families.push(valueOf(arg, 'the beginning of a family'));
    else if (arg === '--leave-out') selection.leftOut.push(valueOf(arg, 'the beginning of a family'));
    else if (arg === '--fold') {
      selection.fold = parseFold(valueOf(arg, 'K/N or not-K/N'));
      if (selection.fold === undefined) throw new RangeError('--fold needs K/N or not-K/N, such as 1/5.');
    } else if (flags.includes(arg)) options.flags.add(arg);
    else if (arg.startsWith('--')) unknown.push(arg);
    else options.files.push(arg);
  }
  if (unknown.length > 0) throw new RangeError(`${command} does not know ${unknown.join(' ')}.`);
  if (options.files.length === 0) throw new RangeError('');
  return options;
}

/** A selection in words, for the head of a report; empty when all records are judged. */
export function describeSelection({ families, leftOut, fold }: Selection): string {
  return [
    ...(families.length === 0 ? [] : [`only families ${families.join(', ')}`]),
    ...(leftOut.length === 0 ? [] : [`without families ${leftOut.join(', ')}`]),
    ...(fold === undefined
      ? []
      : [`${fold.inverted ? 'all families but those of' : 'only the families of'} fold ${fold.fold} of ${fold.of}`]),
  ].join('; ');
}
