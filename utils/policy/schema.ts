/**
 * What a school may set for all its machines: one closed schema, for Chrome, Edge, Cốc Cốc and Firefox alike. A new key
 * needs its reason in `tests/contract/policy.test.ts`: no key may make content leave the device, or show an adult what a
 * pupil read.
 */
import * as z from 'zod/mini';
import { CATEGORIES, LANGUAGES } from '../../rules/language/model.ts';

z.config({ jitless: true });

/** What pupils may not change: the interface's language, breaks, quiet for a whole site. */
export const POLICY_LOCKS = ['language', 'pause', 'site-mute'] as const;
export type PolicyLock = (typeof POLICY_LOCKS)[number];

const line = (most: number) => z.string().check(z.trim(), z.minLength(1), z.maxLength(most));
const phone = z.string().check(z.trim(), z.regex(/^[+\d][\d ().-]{1,24}$/));
const email = z.string().check(z.trim(), z.maxLength(120), z.regex(/^[^\s@]+@[^\s@]+$/));
const webAddress = z.string().check(
  z.trim(),
  z.maxLength(300),
  z.refine((value) => isWebAddress(value)),
);
/** A host name alone, or with all its subdomains (`*.truong.edu.vn`); no port, no path. */
const host = z
  .string()
  .check(z.trim(), z.toLowerCase(), z.regex(/^(?:\*\.)?(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]{2,}$/));

const contact = z.strictObject({
  name: line(60),
  role: z.optional(line(80)),
  phone: z.optional(phone),
  email: z.optional(email),
});
const helpRoute = z.strictObject({
  name: line(80),
  about: z.optional(line(300)),
  hours: z.optional(line(80)),
  phone: z.optional(phone),
  url: z.optional(webAddress),
  checked: z.iso.date(),
});

/** Every key by its name; each may be missing. */
export const POLICY_KEYS = {
  schoolName: line(80),
  language: z.enum(LANGUAGES),
  contacts: z.array(contact).check(z.maxLength(5)),
  helpRoutes: z.array(helpRoute).check(z.maxLength(5)),
  extraSites: z.array(host).check(z.maxLength(50)),
  sitesLeftOut: z.array(host).check(z.maxLength(50)),
  onlyStrong: z.array(z.enum(CATEGORIES)).check(z.maxLength(CATEGORIES.length)),
  cardsADay: z.int().check(z.minimum(1), z.maximum(20)),
  locks: z.array(z.enum(POLICY_LOCKS)).check(z.maxLength(POLICY_LOCKS.length)),
  labMode: z.boolean(),
  feedMirror: z.string().check(
    z.trim(),
    z.refine((value) => value.split(/\s+/).every((address) => isWebAddress(address))),
  ),
  feedAddress: webAddress,
  feedChannel: z.enum(['canary']),
} satisfies Record<string, z.ZodMiniType>;

export type PolicyKey = keyof typeof POLICY_KEYS;

/** The policy as it holds: what is missing or wrong is left out. */
export type Policy = { [Key in PolicyKey]?: z.infer<(typeof POLICY_KEYS)[Key]> };

/** Where a policy is wrong, as an administrator finds it: `contacts[2].phone`, counted from 1. Values are not repeated. */
export interface PolicyProblem {
  where: string;
  /** `unknown`: there is no such key; `wrong`: its value is not one that it can have. */
  kind: 'unknown' | 'wrong';
}

export interface PolicyReading {
  policy: Policy;
  problems: PolicyProblem[];
}

/** Checks a policy key by key, and lists entry by entry: what is wrong is named, the rest holds. */
export function readPolicyValues(values: Record<string, unknown>): PolicyReading {
  const policy: Record<string, unknown> = {};
  const problems: PolicyProblem[] = [];
  for (const [key, value] of Object.entries(values)) {
    if (!Object.hasOwn(POLICY_KEYS, key)) {
      problems.push({ where: key.slice(0, 60), kind: 'unknown' });
      continue;
    }
    const schema: z.ZodMiniType = POLICY_KEYS[key as PolicyKey];
    const tried = schema.safeParse(value);
    if (tried.success) {
      policy[key] = tried.data;
      continue;
    }
    const { issues } = tried.error;
    problems.push(...issues.flatMap(({ path, ...issue }) => problemsAt(key, path, issue)));
    const bad = new Set(issues.map(({ path }) => path[0]));
    if (!Array.isArray(value) || bad.has(undefined)) continue;
    const rest = schema.safeParse(value.filter((_, index) => !bad.has(index)));
    if (rest.success) policy[key] = rest.data;
  }
  return { policy: policy as Policy, problems };
}

function problemsAt(key: string, path: PropertyKey[], issue: { code?: string }): PolicyProblem[] {
  const steps = path.map((step) => (typeof step === 'number' ? `[${step + 1}]` : `.${String(step)}`));
  const where = `${key}${steps.join('')}`;
  if (issue.code !== 'unrecognized_keys' || !('keys' in issue)) return [{ where, kind: 'wrong' }];
  return (issue.keys as string[]).map((name) => ({ where: `${where}.${name.slice(0, 60)}`, kind: 'unknown' }));
}

/** Plain http is good for the feed and for a school's own pages: nothing is sent there, and rules are trusted by signatures alone. */
function isWebAddress(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const { protocol, username, password } = new URL(value);
  return /^https?:$/.test(protocol) && username === '' && password === '';
}
