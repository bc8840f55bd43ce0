/**
 * What a UTF-16 unit means for matching, packed in 15 bits:
 * bits 0–5 the symbol (0 separator, 1–26 letters, 27–36 digits, 62 half of a surrogate pair, 63 ignored),
 * bits 6–10 the tone (one bit each), bits 11–12 the modifier of the letter (one bit each),
 * bit 13 a digit, bit 14 a sign that may stand for a letter (the first half of a mathematical letter too).
 */
export const SEPARATOR = 0;
export const FIRST_DIGIT = 27;
export const SURROGATE = 62;
export const IGNORED = 63;
/** Any mark of a letter. */
export const MARKED = 0x1fc0;
export const DIGIT = 0x2000;
export const SIGN = 0x4000;
/** Stands for the second half of a mathematical letter that is read as a plain one: ignored, but part of its word. */
export const HALF_GONE = 0x2064;
/** Signs that stand for letters inside a disguised word. */
export const LEET_SIGNS = '@$|+';

/** Units below this stand in the table; above it a function answers. Vietnamese letters end at U+1EF9, quotation marks and unseen signs at U+206F. */
export const TABLE_SIZE = 0x2070;

/** Combining marks that are tones; one bit each, so that “is contained in” is one AND. */
export const MARK_TONES: Readonly<Record<string, number>> = {
  '\u0300': 1,
  '\u0301': 2,
  '\u0309': 4,
  '\u0303': 8,
  '\u0323': 16,
};

/** Combining marks that make another letter: circumflex and stroke share a bit (no letter takes both), as do breve and horn. */
export const MARK_MODIFIERS: Readonly<Record<string, number>> = {
  '\u0302': 1,
  '\u0335': 1,
  '\u0306': 2,
  '\u031b': 2,
};
