/**
 * `npm run school -- FORM.yml [FOLDER]`: from a school's form to policy files for every system, a letter to families in two
 * languages and, where machines get Beside from the school's own server, the packages to put there. See docs/schools.en.md.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { filesBelow, zipOf } from './package/archive.ts';
import { buildExtension } from './run.ts';
import { crxOf, idOf, makeKey, updateManifest } from './school/crx.ts';
import { policyFiles, type Files } from './school/files.ts';
import { FormError, readForm } from './school/form.ts';
import { letterFor } from './school/letter.ts';

const KEY_FILE = 'beside-key.pem';

function main([formFile, folder = 'school-files']: readonly string[]): number {
  if (formFile === undefined || formFile.startsWith('-')) {
    process.stderr.write('npm run school -- FORM.yml [FOLDER]\nA form to begin with: docs/school-form.yml\n');
    return 2;
  }
  let text: string;
  try {
    text = readFileSync(formFile, 'utf8');
  } catch {
    process.stderr.write(`${formFile} cannot be read\n`);
    return 2;
  }
  try {
    const form = readForm(text);
    const files: Files = {
      'letter-vi.html': letterFor('vi', form.policy),
      'letter-en.html': letterFor('en', form.policy),
    };
    if (form.source.kind === 'store') Object.assign(files, policyFiles(form, form.source.chromeId));
    else {
      const key = keyBeside(formFile);
      Object.assign(files, policyFiles(form, idOf(key)), packages(key, form.source.base));
    }
    for (const [name, content] of Object.entries(files)) {
      const file = join(folder, name);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, content);
      process.stdout.write(`${file}\n`);
    }
    return 0;
  } catch (error) {
    if (!(error instanceof FormError)) throw error;
    process.stderr.write(
      `${formFile} has to be mended:\n${error.problems.map((problem) => `  ${problem}\n`).join('')}`,
    );
    return 1;
  }
}

/** The key of the school's own package, beside its form: made once, for it is what the extension's id hangs on. */
function keyBeside(formFile: string): string {
  const file = join(dirname(formFile), KEY_FILE);
  if (!existsSync(file)) {
    writeFileSync(file, makeKey(), { mode: 0o600, flag: 'wx' });
    process.stderr.write(
      `${file} is new. Keep it safe and to yourself: updates need it, and whoever has it can make them.\n`,
    );
  }
  return readFileSync(file, 'utf8');
}

/** What belongs on the school's own server. */
function packages(key: string, base: string): Files {
  const [chrome, firefox] = [buildExtension(), buildExtension(undefined, 'firefox')];
  const { version } = JSON.parse(readFileSync(join(chrome, 'manifest.json'), 'utf8')) as { version: string };
  const crx = `beside-${version}.crx`;
  return {
    [`server/${crx}`]: crxOf(zipOf(chrome, filesBelow(chrome)), key),
    'server/updates.xml': updateManifest(idOf(key), version, `${base}${crx}`),
    'server/beside.xpi': zipOf(firefox, filesBelow(firefox)),
  };
}

process.exitCode = main(process.argv.slice(2));
