/** A map of texts in which a part of a text can be looked up without being cut out of it: most words of a rule set come again. */
export class TextTable<Value> {
  #texts: string[] = [];
  #values: Value[] = [];
  /** Number of a text and one, at a place that its hash chooses; 0 where none is. */
  #slots = new Int32Array(1024);

  /** What stands under `source.slice(start, end)`. */
  get(source: string, start: number, end: number): Value | undefined {
    const last = this.#slots.length - 1;
    for (let slot = hashOf(source, start, end) & last; ; slot = (slot + 1) & last) {
      const number = this.#slots[slot] as number;
      if (number === 0) return undefined;
      if (isPart(this.#texts[number - 1] as string, source, start, end)) return this.#values[number - 1];
    }
  }

  /** Adds a text that is not there yet. */
  add(text: string, value: Value): void {
    this.#values.push(value);
    this.#enter(text, this.#texts.push(text));
    if (this.#texts.length * 2 < this.#slots.length) return;
    this.#slots = new Int32Array(this.#slots.length * 4);
    for (const [index, known] of this.#texts.entries()) this.#enter(known, index + 1);
  }

  #enter(text: string, number: number): void {
    const last = this.#slots.length - 1;
    let slot = hashOf(text, 0, text.length) & last;
    while (this.#slots[slot] !== 0) slot = (slot + 1) & last;
    this.#slots[slot] = number;
  }
}

function hashOf(source: string, start: number, end: number): number {
  let hash = 0;
  for (let at = start; at < end; at += 1) hash = Math.imul(hash ^ source.charCodeAt(at), 0x01000193);
  return hash ^ (hash >>> 15);
}

function isPart(text: string, source: string, start: number, end: number): boolean {
  if (text.length !== end - start) return false;
  for (let at = 0; at < text.length; at += 1) if (text.charCodeAt(at) !== source.charCodeAt(start + at)) return false;
  return true;
}
