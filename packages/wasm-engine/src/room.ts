/** Memory that is planned before it exists: zones of elements, given back and taken again. */

/** Elements of a cache line. */
const LINE = 16;

export class Room {
  /** Free zones in order, none beside another. */
  #free: { start: number; end: number }[] = [];
  /** Elements in all. */
  length = 0;

  /** A zone of `count` elements, the smallest free one that is long enough. @returns index of its first. */
  take(count: number): number {
    const length = Math.max(LINE, Math.ceil(count / LINE) * LINE);
    const fitting = this.#free.filter(({ start, end }) => end - start >= length);
    const [best] = fitting.sort((a, b) => a.end - a.start - (b.end - b.start));
    if (best === undefined) {
      const at = this.length;
      this.length += length;
      return at;
    }
    const at = best.start;
    best.start += length;
    if (best.start === best.end) this.#free = this.#free.filter((zone) => zone !== best);
    return at;
  }

  /** Gives a zone back. */
  give(at: number, count: number): void {
    const end = at + Math.max(LINE, Math.ceil(count / LINE) * LINE);
    const zones = [...this.#free, { start: at, end }].sort((a, b) => a.start - b.start);
    this.#free = zones.reduce<{ start: number; end: number }[]>((merged, zone) => {
      const before = merged.at(-1);
      if (before?.end === zone.start) before.end = zone.end;
      else merged.push(zone);
      return merged;
    }, []);
  }
}
