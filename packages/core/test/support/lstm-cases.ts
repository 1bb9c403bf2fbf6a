/** What every engine computes of LSTM cells and of their gradient, beside the definition in float64: both papers' taps, their mirror image, odd ones, groups. */
import type { Computation } from "../../src/computation/computation.ts";
import type { Recurrence } from "../../src/computation/primitive.ts";
import type { Trace } from "../../src/computation/trace.ts";
import { size } from "../../src/network/parameters.ts";
import { lstmDifferences, referenceLstm } from "./lstm-reference.ts";

type Taps = Pick<Recurrence, "taps" | "cell">;

const row: Taps = {
  taps: [
    [-1, -1],
    [-1, 0],
    [-1, 1],
  ],
  cell: [-1, 0],
};
const diagonal: Taps = {
  taps: [
    [-1, 0],
    [0, -1],
  ],
  cell: [0, -1],
};
const mirror: Taps = {
  taps: [
    [-1, 0],
    [0, 1],
  ],
  cell: [0, 1],
};
/** Waves that go down by three rows of a picture, and a cell apart from all taps. */
const far: Taps = {
  taps: [
    [-1, 2],
    [0, -2],
  ],
  cell: [-2, 1],
};
const ofOne = (channels: number): Recurrence["groups"] => [[0, channels]];

const sizes = [
  { label: "row", ...row, batch: 2, height: 3, width: 5, groups: ofOne(3) },
  { label: "diagonal", ...diagonal, batch: 3, height: 5, width: 4, groups: ofOne(4) },
  { label: "mirror image", ...mirror, batch: 2, height: 4, width: 5, groups: ofOne(2) },
  { label: "far taps", ...far, batch: 2, height: 5, width: 6, groups: ofOne(3) },
  { label: "far taps in one column", ...far, batch: 1, height: 5, width: 1, groups: ofOne(2) },
  { label: "one pixel", ...diagonal, batch: 2, height: 1, width: 1, groups: ofOne(2) },
  {
    label: "diagonal in three groups",
    ...diagonal,
    batch: 2,
    height: 3,
    width: 4,
    groups: [
      [0, 2],
      [2, 3],
      [3, 4],
    ] as const,
  },
  {
    label: "row of two groups, one of them empty",
    ...row,
    batch: 1,
    height: 3,
    width: 3,
    groups: [
      [0, 0],
      [0, 2],
      [2, 3],
    ] as const,
  },
  { label: "diagonal of nine pictures", ...diagonal, batch: 9, height: 6, width: 5, groups: ofOne(4) },
  { label: "mirror image of four pictures", ...mirror, batch: 4, height: 6, width: 5, groups: ofOne(4) },
  { label: "many channels", ...diagonal, batch: 2, height: 6, width: 7, groups: ofOne(17) },
];

/** Entries of every gradient that are compared. */
const ENTRIES = 20;

export const lstmCases = sizes.map(({ label, ...shape }) => {
  const { batch, height, width, taps, cell, groups } = shape;
  const channels = groups.at(-1)![1];
  const shapes = {
    x: [batch, height, width, 4 * channels],
    weight: [taps.length, channels, 4 * channels],
    dstates: [batch, height, width, 2 * channels],
  };
  const array = (name: keyof typeof shapes, scale: number) =>
    Float32Array.from(
      { length: size(shapes[name]) },
      (_, i) => scale * Math.sin(12.9898 * (i + 1) + name.length),
    );
  const given = {
    x: array("x", 2),
    weight: array("weight", 1.5 / Math.sqrt(channels)),
    dstates: array("dstates", 1),
  };
  return {
    label: `${label}, ${batch}×${height}×${width}×${channels}`,
    shape,
    given: given as Readonly<Record<string, Float32Array>>,
    /** Results `states`, `da` and `dweight` of arguments `x`, `weight` and `dstates`. */
    write(trace: Trace): Computation {
      const [x, weight, dstates] = (["x", "weight", "dstates"] as const).map((name) =>
        trace.argument(name, shapes[name]),
      );
      const states = trace.apply({ op: "lstm", taps, cell, groups }, x!, weight!);
      const da = trace.apply({ op: "lstmGradient", taps, cell, groups }, x!, weight!, states, dstates!);
      const h = trace.channels(states, [0, channels]);
      const dweight = trace.apply({ op: "convolutionFilterGradient", offsets: taps }, h, da);
      return trace.finish({ states, da, dweight });
    },
    /** The largest difference from the definition, as a share of the largest number. */
    errorOf(states: Float32Array, da: Float32Array, dweight: Float32Array): number {
      const isWanted = (entry: number, length: number) => entry % Math.ceil(length / ENTRIES) === 0;
      const [dx, dw] = lstmDifferences(shape, [given.x, given.weight], given.dstates, isWanted);
      return Math.max(
        largestError(states, [...referenceLstm(shape, given.x, given.weight)]),
        largestError(da, dx!),
        largestError(dweight, dw!),
      );
    },
  };
});

function largestError(values: Float32Array, expected: readonly (number | null)[]): number {
  if (values.length !== expected.length) return Number.POSITIVE_INFINITY;
  const largest = Math.max(1, ...expected.map((value) => Math.abs(value ?? 0)));
  const errors = expected.map((value, i) => (value === null ? 0 : Math.abs(values[i]! - value)));
  return errors.some(Number.isNaN) ? Number.NaN : Math.max(...errors) / largest;
}
