/** Where the parts of the compiled rules lie in the session's storage, for content scripts that may read it. */
export const COMPILED_KEYS = { index: 'compiledIndex', rules: 'compiledRules' } as const;
