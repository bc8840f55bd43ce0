/** `feed import`: drafts of rules from a spreadsheet. */
import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { CATEGORIES, LANGUAGES, type Category, type Language, type Pack } from '../../../language/model.ts';
import { disprove } from '../../prove.ts';
import { loadPack, OWN_PACKS } from '../../packs.ts';
import { OWN_CORPUS, readCorpus } from '../../ratchet-files.ts';
import { nowOf, placeOf, readArguments, required, UsageError, type Command } from '../args.ts';
import { roleNamed } from '../config.ts';
import { writeWhole } from '../files.ts';
import { plainOf, readEntries, type SheetEntry } from '../import/entries.ts';
import { draftPatterns } from '../import/patterns.ts';
import { borrow, FEWEST_EXAMPLES, ruleOf, slugOf, writeRuleFile } from '../import/rule-file.ts';
import { readSheet } from '../import/sheet.ts';
import { count, say } from './say.ts';

export const importSheet: Command = {
  brief: 'drafts rules from a spreadsheet',
  usage: `usage: npm run feed -- import FILE.csv|FILE.xlsx --to DIR [--language vi|en] [--sheet NAME] [--packs DIR]
  The first row names the columns, in any order, in English or Vietnamese:
    title (Tiêu đề), category (Loại), match (Phải bắt), ignore (Không bắt), advice (Lời khuyên), source (Nguồn)
    and, if you like, surface (chat, post, job, mail, page) and language (vi, en)
  Several examples stand in one cell, one a line, or in several columns of that name; “them: … / me: …” is a conversation.
  --to DIR       where the drafts go, as DIR/CATEGORY/TITLE.yml; rules/packs/vi, or urgent/vi of the working folder
  --language     of the rules; by default vi or en as DIR ends, else vi
  --packs DIR    the packs whose aliases, lists and explanations the drafts use
  --sheet NAME   of a workbook with several sheets; by default the first
A file that is there already is left alone. Exit status 1 when a row cannot be used; the others are drafted all the same.
`,
  run: async (given) => {
    const args = readArguments(given, ['to=', 'language=', 'sheet=', 'packs='], 1);
    const file = placeOf(required(args, 0, 'The spreadsheet'));
    const to = args.text('to');
    if (to === undefined) throw new UsageError('--to DIR is missing.');
    const folder = placeOf(to);
    const wanted = args.text('language');
    const language =
      wanted === undefined ? LANGUAGES.find((one) => one === basename(folder)) : roleNamed(wanted, LANGUAGES);
    const { pack } = loadPack(placeOf(args.text('packs') ?? OWN_PACKS));
    const name = basename(file);
    const { entries, faults, notes } = readEntries(
      name,
      await readSheet(file, args.text('sheet')),
      categoryNames(pack),
    );
    const date = nowOf(args).toISOString().slice(0, 10);
    const drafter = new Drafter(pack, folder, name, date);
    say([...notes.map((note) => `Note: ${note}.`), ...faults]);
    for (const entry of entries) say(drafter.draft(entry, entry.language ?? language ?? 'vi'));
    say([
      `${count(drafter.written, 'draft')} written to ${folder}, ${count(faults.length, 'fault')}.`,
      ...(drafter.written === 0
        ? []
        : ['Next: complete the drafts, then npm run feed -- check (or npm run rules -- check)']),
    ]);
    return faults.length === 0 && entries.length > 0 ? 0 : 1;
  },
};

/** Categories by the names that their tricks have for people. */
function categoryNames({ texts }: Pack): Map<string, Category> {
  return new Map(
    CATEGORIES.flatMap((category) =>
      LANGUAGES.flatMap((language): [string, Category][] => {
        const name = texts[language].tricks[category]?.name;
        return name === undefined ? [] : [[plainOf(name), category]];
      }),
    ),
  );
}

/** Drafts one entry after another. */
class Drafter {
  written = 0;
  readonly #pack: Pack;
  readonly #folder: string;
  readonly #sheet: string;
  readonly #date: string;
  readonly #harmless = readCorpus(OWN_CORPUS).filter(({ label }) => label === 'benign');

  constructor(pack: Pack, folder: string, sheet: string, date: string) {
    this.#pack = pack;
    this.#folder = folder;
    this.#sheet = sheet;
    this.#date = date;
  }

  /** Drafts an entry into its file, and says what came of it. */
  draft(entry: SheetEntry, language: Language): string[] {
    const { row, title, category, match, ignore, surface } = entry;
    const file = join(category, `${slugOf(title)}.yml`);
    const place = join(this.#folder, file);
    if (existsSync(place)) return [`row ${row}: ${file} is there already (${titleIn(place)}); left alone`];
    const quiet = [...ignore, ...this.#harmless.map(({ turns }) => turns)];
    const draft = draftPatterns(this.#pack, match, quiet, surface);
    const borrowed = borrow(this.#pack, entry, language);
    const patterns = draft.patterns.map(({ pattern }) => pattern);
    const rule = ruleOf(entry, patterns, language, borrowed, this.#date);
    const todo = todoOf(entry, draft.missed);
    if (patterns.length > 0) {
      const examples = (
        texts: SheetEntry['match'],
      ): { surface: typeof surface; turns: SheetEntry['match'][number] }[] =>
        texts.map((turns) => ({ surface, turns }));
      const tests = { match: examples(match), ignore: examples(ignore) };
      const wrong = disprove({ ...this.#pack, rules: [...this.#pack.rules, rule] }, [{ file, rule, tests }]);
      for (const { expected, example, said } of wrong) {
        const text = example.turns.map((turn) => turn.text).join(' / ');
        if (expected === 'ignore') todo.push(`“${said.join('”, “')}” speaks at an example to ignore: ${text}`);
        // What no pattern finds is said above; the rest is silenced by what the draft takes from the packs.
        else if (!draft.missed.some((index) => match[index] === example.turns))
          todo.push(`it sounds like a report about lures, so the rule stays quiet: ${text}`);
      }
    }
    if (borrowed.trick === undefined || borrowed.counterfact === undefined)
      todo.push('name a trick and a counter-fact of texts.yml in “explain”; no rule of this category has them yet');
    writeWhole(place, writeRuleFile(entry, rule, draft, todo, this.#sheet));
    this.written += 1;
    const found = match.length - draft.missed.length;
    return [
      `row ${row}: ${file}: ${count(patterns.length, 'pattern')}, ${found} of ${match.length} examples found and none of ${ignore.length} to ignore`,
      ...todo.map((line) => `  to do: ${line}`),
    ];
  }
}

function titleIn(file: string): string {
  return /^title:\s*(.*)$/m.exec(readFileSync(file, 'utf8'))?.[1] ?? 'without a title';
}

/** What only the editor can do. */
function todoOf({ match, ignore, source }: SheetEntry, missed: readonly number[]): string[] {
  const few = (texts: readonly unknown[], what: string): string[] =>
    texts.length >= FEWEST_EXAMPLES
      ? []
      : [`add ${FEWEST_EXAMPLES - texts.length} more examples ${what}; there are ${texts.length}`];
  return [
    ...missed.map(
      (index) =>
        `write a pattern for the example ${index + 1}, which has nothing of its own to be found by: ${(match[index] ?? []).map(({ text }) => text).join(' / ')}`,
    ),
    ...few(match, 'that must match'),
    ...few(ignore, 'that must not, close to the trick'),
    ...(/https?:\/\/\S/.test(source) ? [] : ['add the address of a source under “references”']),
    ...(ignore.length > 0 ? [] : ['say under “falsepositives” what it could be taken for']),
  ];
}
