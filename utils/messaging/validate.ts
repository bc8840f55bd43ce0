/** Checks what arrives at the worker: a page's process may be in hostile hands. */
import * as z from 'zod/mini';
import { LANGUAGES } from '../../rules/language/model.ts';
import type { PageToWorker, PanelToWorker } from './protocol.ts';

z.config({ jitless: true });

const nothing = z.strictObject({});
const host = z.string().check(z.maxLength(255));
const conversation = z.string().check(z.maxLength(1000));
const integer = z.int();
const memory = z.strictObject({
  messages: integer.check(z.minimum(0)),
  hits: z.array(z.tuple([integer, integer, integer, integer, integer])).check(z.maxLength(400)),
  spoke: z.array(z.tuple([integer, integer])).check(z.maxLength(400)),
});
const person = z.strictObject({
  id: z.string().check(z.minLength(1), z.maxLength(60)),
  name: z.string().check(z.trim(), z.minLength(1), z.maxLength(60)),
  phone: z.string().check(z.maxLength(30)),
  email: z.string().check(z.maxLength(120)),
});
const scope = z.enum(['conversation', 'rule', 'site']);

const fromPages = {
  'rules/compiled': z.strictObject({ part: z.enum(['index', 'rules']) }),
  'conversation/recall': z.strictObject({ host, conversation }),
  'conversation/remember': z.strictObject({ host, conversation, memory }),
  'warning/raise': z.strictObject({
    host,
    conversation,
    rules: z.array(z.string().check(z.maxLength(60))).check(z.minLength(1), z.maxLength(50)),
  }),
  'warning/mute': z.strictObject({ host, conversation, rule: z.string().check(z.maxLength(60)), scope }),
  'warning/unmute': z.strictObject({ id: z.string().check(z.maxLength(300)) }),
  'settings/open': nothing,
  'tell/fetch': nothing,
  'evidence/open': nothing,
} satisfies Record<keyof PageToWorker, z.ZodMiniType>;

const fromPanels = {
  'panel/overview': nothing,
  'settings/save': z.strictObject({
    language: z.optional(z.enum(LANGUAGES)),
    pausedUntil: z.optional(integer.check(z.minimum(0))),
  }),
  'people/save': z.strictObject({ people: z.array(person).check(z.maxLength(20)) }),
  'memory/forget': nothing,
  'feed/check': nothing,
} satisfies Record<keyof PanelToWorker, z.ZodMiniType>;

/** Whether a call is known, well formed, and allowed for where it comes from. Panels may ask what pages may, not the reverse. */
export function isAllowed(type: string, input: unknown, fromPanel: boolean): boolean {
  const schemas: Record<string, z.ZodMiniType> = fromPanel ? { ...fromPages, ...fromPanels } : fromPages;
  return Object.hasOwn(schemas, type) && schemas[type]?.safeParse(input).success === true;
}
