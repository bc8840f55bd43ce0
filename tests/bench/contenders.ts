/** What is measured: the engine, a bare loop, and what a developer would take instead of the engine. */
import { AhoCorasick } from '@monyone/aho-corasick/fast';
import ModernAhoCorasick from 'modern-ahocorasick';
import { Scanner } from './engine.ts';
import { normalise, padded } from './normalise.ts';
import type { Compiled } from './form.ts';
import { compilePatterns } from './packs.ts';
import type { Contender } from './measure.ts';

type Run = Contender['run'];

/** The least that reading a text can cost in JavaScript: one call per UTF-16 unit. */
export const bareLoop: Run = (messages) => {
  let sum = 0;
  for (const message of messages)
    for (let at = 0; at < message.length; at += 1) sum = (sum + message.charCodeAt(at)) | 0;
  return sum;
};

/** Making spellings equal, without searching. */
export const normaliseOnly: Run = (messages) => {
  let sum = 0;
  for (const message of messages) sum += normalise(message).length;
  return sum;
};

/** The engine from raw text to findings. */
export function scanWith(compiled: Compiled): Run {
  const scanner = new Scanner(compiled);
  return (messages) => {
    let found = 0;
    for (const message of messages) found += scanner.scan(message).hits.length;
    return found;
  };
}

/** The engine with a list of phrases. */
export function scanFor(phrases: readonly string[]): Run {
  return scanWith(compilePatterns(phrases));
}

/** Phrases as the contenders need them: normalised, between spaces, so that only whole words are found. */
function paddedPhrases(phrases: readonly string[]): string[] {
  return phrases.map(padded);
}

export function buildModern(phrases: readonly string[]): ModernAhoCorasick {
  return new ModernAhoCorasick(paddedPhrases(phrases));
}

export function buildFast(phrases: readonly string[]): AhoCorasick {
  return new AhoCorasick(paddedPhrases(phrases));
}

/** Source of one regular expression for all phrases, longest first where one begins with another. */
export function alternation(phrases: readonly string[]): string {
  return ` (?:${phrases.map(normalise).toSorted().toReversed().join('|')})(?= )`;
}

/** modern-ahocorasick from raw text to findings. */
export function modernFor(phrases: readonly string[]): Run {
  const matcher = buildModern(phrases);
  return (messages) => {
    let found = 0;
    for (const message of messages) found += matcher.search(padded(message)).length;
    return found;
  };
}

/** One regular expression from raw text to findings. */
export function expressionFor(phrases: readonly string[]): Run {
  const form = new RegExp(alternation(phrases), 'g');
  return (messages) => {
    let found = 0;
    for (const message of messages) found += padded(message).match(form)?.length ?? 0;
    return found;
  };
}
