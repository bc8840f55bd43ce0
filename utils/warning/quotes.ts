/** Which of the places at which rules spoke are worth showing: a person wants to see what was said, not every “you” in it. */

export interface Place {
  start: number;
  end: number;
}

/** Shorter words say nothing by themselves. */
const TELLING = 5;

/** Places in the order of the text, overlapping and touching ones joined; short ones are left out when longer ones remain. */
export function placesToShow(places: readonly Place[]): Place[] {
  const joined: Place[] = [];
  for (const { start, end } of places.toSorted((one, other) => one.start - other.start)) {
    const last = joined.at(-1);
    if (last !== undefined && start <= last.end) last.end = Math.max(last.end, end);
    else joined.push({ start, end });
  }
  const telling = joined.filter(({ start, end }) => end - start >= TELLING);
  return telling.length === 0 ? joined : telling;
}
