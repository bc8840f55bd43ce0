/** Before anything is timed: the engine and the contenders must find the same phrases. */
import { Scanner } from './engine.ts';
import { alternation, buildFast, buildModern } from './contenders.ts';
import { compilePatterns } from './packs.ts';
import { plainForm } from './phrases.ts';

/** How many messages all found the same in, and how many findings that were. */
export interface Agreement {
  messages: number;
  agreed: number;
  findings: number;
  /** The first messages in which findings differ, with what each found. */
  differences: string[];
}

/** Compares what is found in messages without marks, doubled letters and mixtures of letters and digits. */
export function agreementOf(phrases: readonly string[], messages: readonly string[]): Agreement {
  // A phrase that begins as it ends can overlap with itself, which the engine reports as one place.
  const plain = phrases.map(plainForm).filter((phrase) => !/^([a-z]+) (?:.* )?\1$/.test(phrase));
  const scanner = new Scanner(compilePatterns(plain));
  const modern = buildModern(plain);
  const fast = buildFast(plain);
  const form = new RegExp(alternation(plain), 'g');
  const result: Agreement = { messages: 0, agreed: 0, findings: 0, differences: [] };
  for (const message of messages) {
    const text = plainForm(message);
    // Runs of single letters and digits among letters are disguises, which only the engine sees through.
    if (/[a-z][0-9]|[0-9][a-z]|\b[a-z] [a-z] [a-z]\b/.test(text)) continue;
    const between = ` ${text} `;
    const found = scanner
      .scan(text)
      .hits.flatMap(({ places }) => places.map(({ start, end }) => text.slice(start, end)))
      // One word that is a phrase without its spaces: a disguise again, or taken for one.
      .filter((words) => words.includes(' '));
    const own = namesIn(found);
    const others = [
      modern.search(between).map(({ pattern }) => pattern.trim()),
      fast.matchInText(between).map(({ keyword }) => keyword.trim()),
    ].map(namesIn);
    // An alternation finds only what stands apart, so it is asked whether there is anything at all.
    const anything = between.match(form) !== null;
    result.messages += 1;
    result.findings += new Set(found).size;
    if (others.every((names) => names === own) && anything === (own !== '')) result.agreed += 1;
    else if (result.differences.length < 5)
      result.differences.push(`“${text}”: engine ${own}; others ${[...new Set(others)].join(' or ')}`);
  }
  return result;
}

function namesIn(found: readonly string[]): string {
  return found.length === 0 ? '' : [...new Set(found)].toSorted().join(' | ');
}
