/** What a measurement misses of what compression promises: its bytes beside what evaluate says, and its speed beside drawing. */

/** Pictures that are coded side by side. */
export const LANES = 16;
/** Most bytes over 1.005 times the bits that evaluate says: 32, and 8 a lane. */
export const MOST_OVERHEAD_BYTES = 32 + 8 * LANES;
/** Least speed of either way, of that of drawing. */
const LEAST_SHARE = 0.8;

export interface Measurement {
  readonly name: string;
  readonly bytes: number;
  /** Of the pictures, given their labels. */
  readonly evaluatedBits: number;
  /** What the labels take besides; 0 for a model without classes. */
  readonly labelBits: number;
  /** Pictures a second of processor time. */
  readonly speed: { readonly draw: number; readonly compress: number; readonly decompress: number };
}

/** Most bytes that pictures may take of which evaluate says so many bits, and their labels. */
export function mostBytes({
  evaluatedBits,
  labelBits,
}: Pick<Measurement, "evaluatedBits" | "labelBits">): number {
  return (1.005 * evaluatedBits + labelBits) / 8 + MOST_OVERHEAD_BYTES;
}

/** A line for everything that is missed; none where all is well. */
export function shortfallsOf(measurement: Measurement): readonly string[] {
  const { name, bytes, speed } = measurement;
  const most = mostBytes(measurement);
  const large = bytes > most ? [`${name}: expected at most ${Math.floor(most)} bytes, got ${bytes}`] : [];
  const slow = (["compress", "decompress"] as const).flatMap((way) => {
    const share = speed[way] / speed.draw;
    return share >= LEAST_SHARE
      ? []
      : [
          `${name}: expected to ${way} at ${LEAST_SHARE} of the speed of drawing or more, got ${share.toFixed(2)}`,
        ];
  });
  return [...large, ...slow];
}
