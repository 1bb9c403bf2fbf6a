/** Pictures that are coded side by side, each in a message of its own: as many as the cached pass computes well together. */
const LANES = 16;

/** Lanes of so many pictures. */
export function lanesOf(count: number): number {
  return Math.min(LANES, count);
}
