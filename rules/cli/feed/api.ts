/** The publisher for programs and tests: a feed can be begun, built, signed and published without a terminal. */
export { createRepository } from './init.ts';
export { openWork, type Work } from './work.ts';
export { readContent } from './content.ts';
export { buildRelease } from './build.ts';
export { rotateKeys } from './rotate.ts';
export { signStaged, signWithAllKeys } from './sign.ts';
export { publishTo, refreshPublished } from './publish.ts';
export { mirrorTo } from './copy.ts';
