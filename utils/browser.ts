/**
 * The extension API, the same in every browser and context.
 * The polyfill behind it is attached in wxt.config.ts; when Chrome 148 is the floor, it goes there and nothing here changes.
 */
export { browser } from 'wxt/browser';
