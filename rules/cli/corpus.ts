/** Reading labelled corpora line by line. */
import { createReadStream, existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { isSelected, type Selection } from './folds.ts';
import { readLabelled, RecordError, type LabelledRecord } from './records.ts';

/**
 * The selected records of files, in order. What cannot be read is put into `problems`, with file and line, and the
 * others go on.
 */
export async function* readCorpora(
  files: readonly string[],
  selection: Selection,
  problems: string[],
): AsyncGenerator<LabelledRecord, void, undefined> {
  for (const file of files) {
    if (!existsSync(file)) {
      problems.push(`${file} is not there`);
      continue;
    }
    let number = 0;
    for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY })) {
      number += 1;
      if (line.trim() === '') continue;
      let record: LabelledRecord;
      try {
        record = readLabelled(line);
      } catch (error) {
        if (!(error instanceof RecordError)) throw error;
        problems.push(`${file}:${number} ${error.message}`);
        continue;
      }
      if (isSelected(record, selection)) yield record;
    }
  }
}
