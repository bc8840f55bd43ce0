/** Where the parts of the compiled rules lie in the session's storage, for content scripts that may read it. */
export const COMPILED_KEYS = { index: 'compiledIndex', rules: 'compiledRules' } as const;
/** Where the session's storage says which rules it holds, in a few letters. */
export const COMPILED_STAMP = 'compiledStamp';
