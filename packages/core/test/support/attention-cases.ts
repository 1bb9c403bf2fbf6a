/** What every engine computes of attention and of its gradient, beside the definition in float64: odd sizes, and more than one block of every engine. */
import type { Computation } from "../../src/computation/computation.ts";
import type { Trace } from "../../src/computation/trace.ts";
import { size } from "../../src/network/parameters.ts";
import { attentionDifferences, referenceAttention, sideBySide } from "./attention-reference.ts";

const sizes = [
  { batch: 2, height: 1, width: 1, heads: 2, keyChannels: 3, valueChannels: 2 },
  { batch: 1, height: 1, width: 2, heads: 1, keyChannels: 1, valueChannels: 1 },
  { batch: 2, height: 3, width: 5, heads: 2, keyChannels: 3, valueChannels: 2 },
  { batch: 3, height: 5, width: 7, heads: 3, keyChannels: 4, valueChannels: 8 },
  { batch: 1, height: 9, width: 8, heads: 1, keyChannels: 16, valueChannels: 33 },
  { batch: 1, height: 14, width: 15, heads: 1, keyChannels: 5, valueChannels: 3 },
];

/** Entries of every gradient that are compared. */
const ENTRIES = 20;

export const attentionCases = sizes.map((sizes) => {
  const { batch, height, width, heads, keyChannels, valueChannels } = sizes;
  const channels = [keyChannels, keyChannels, valueChannels, valueChannels].map((count) => heads * count);
  const shapes = channels.map((count) => [batch, height, width, count]);
  const arrays = shapes.map((shape, input) =>
    Float32Array.from(
      { length: size(shape) },
      (_, i) => (input < 2 ? 2.5 : 1) * Math.sin(12.9898 * (i + 1) + input),
    ),
  ) as [Float32Array, Float32Array, Float32Array, Float32Array];
  const [queries, keys, values, dy] = arrays;
  return {
    label: `${batch}×${height}×${width}, ${heads} heads of ${keyChannels} and ${valueChannels}`,
    given: { queries, keys, values, dy } as Readonly<Record<string, Float32Array>>,
    /** Results `y` and `gradient` of arguments `queries`, `keys`, `values` and `dy`. */
    write(trace: Trace): Computation {
      const [q, k, v, d] = ["queries", "keys", "values", "dy"].map((name, input) =>
        trace.argument(name, shapes[input]!),
      );
      const gradient = trace.apply({ op: "attentionGradient", heads }, q!, k!, v!, d!);
      return trace.finish({ y: trace.attention(q!, k!, v!, heads), gradient });
    },
    /** The largest difference from the definition, as a share of the largest number. */
    errorOf(y: Float32Array, gradient: Float32Array): number {
      const positions = batch * height * width;
      const shape = { batch, positions: height * width, heads, keyChannels, valueChannels };
      const isWanted = (entry: number, length: number) => entry % Math.ceil(length / ENTRIES) === 0;
      const parts = attentionDifferences(shape, [queries, keys, values], dy, isWanted);
      return Math.max(
        largestError(y, [...referenceAttention(shape, queries, keys, values)]),
        largestError(gradient, sideBySide(parts, positions)),
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
