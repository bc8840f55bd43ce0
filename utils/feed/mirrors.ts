/** In which order the mirrors are asked. */

/** A mirror's address in its one form, ending in a slash; undefined when it is none that can be asked. */
function readAddress(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  const isPlain = url.username === '' && url.password === '' && url.search === '' && url.hash === '';
  // Integrity comes from the signatures: a school's own mirror may do without TLS.
  if (!isPlain || (url.protocol !== 'https:' && url.protocol !== 'http:')) return undefined;
  return url.href.endsWith('/') ? url.href : `${url.href}/`;
}

/** A new order; all orders are equally likely (Fisher and Yates). */
function shuffle(addresses: readonly string[], random: () => number): string[] {
  const mixed = [...addresses];
  for (let last = mixed.length - 1; last > 0; last -= 1) {
    const chosen = Math.floor(random() * (last + 1));
    [mixed[last], mixed[chosen]] = [mixed[chosen] as string, mixed[last] as string];
  }
  return mixed;
}

/**
 * The school's own mirrors first, in their order, then the signed ones in random order, then the address that is built in: whatever a
 * signed list says, the way back is there. Each ends in a slash and comes once; what cannot be asked is left out.
 *
 * @param random like `Math.random`
 */
export function mirrorOrder({
  policyMirrors = [],
  address,
  signedMirrors,
  random,
}: {
  policyMirrors?: readonly string[];
  address: string;
  signedMirrors: readonly string[];
  random: () => number;
}): string[] {
  const wanted = [...policyMirrors, ...shuffle(signedMirrors, random), address];
  return [...new Set(wanted.map(readAddress).filter((known) => known !== undefined))];
}
