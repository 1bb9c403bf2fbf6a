/** The same numbers in another arrangement; each is the other's derivative. */
import { size } from "../../network/parameters.ts";
import { mismatch } from "../mismatch.ts";
import type { Rules } from "../rule.ts";

type Names = "broadcast" | "reshape" | "transpose" | "slice" | "pad" | "concatenate";

export const layoutRules: { readonly [Name in Names]: Rules<Name> } = {
  broadcast: {
    infer({ shape, axes }, inputs) {
      const [x] = inputs;
      const fits = x?.shape.length === axes.length && axes.every((to, axis) => shape[to] === x.shape[axis]);
      if (!fits) mismatch("broadcast", `an array that fits axes [${axes}] of [${shape}]`, inputs);
      return { shape, type: x.type };
    },
    derive({ trace, primitive: { shape, axes }, cotangent }) {
      return [
        trace.sum(
          cotangent,
          shape.map((_, axis) => axis).filter((axis) => !axes.includes(axis)),
        ),
      ];
    },
  },
  reshape: {
    infer({ shape }, inputs) {
      const [x] = inputs;
      if (!x || size(x.shape) !== size(shape))
        mismatch("reshape", `${size(shape)} elements for [${shape}]`, inputs);
      return { shape, type: x.type };
    },
    derive: ({ trace, inputs: [x], cotangent }) => [trace.reshape(cotangent, x!.shape)],
  },
  transpose: {
    infer({ order }, inputs) {
      const [x] = inputs;
      if (x?.shape.length !== order.length) mismatch("transpose", `${order.length} axes`, inputs);
      return { shape: order.map((axis) => x.shape[axis]!), type: x.type };
    },
    derive: ({ trace, primitive: { order }, cotangent }) => [
      trace.transpose(
        cotangent,
        order.map((_, axis) => order.indexOf(axis)),
      ),
    ],
  },
  slice: {
    infer({ starts, ends }, inputs) {
      const [x] = inputs;
      const fits = x?.shape.every((length, axis) => {
        const start = starts[axis] ?? -1;
        const end = ends[axis] ?? -1;
        return start >= 0 && start <= end && end <= length;
      });
      if (!fits) mismatch("slice", `an array that has [${starts}] to [${ends}]`, inputs);
      return { shape: starts.map((start, axis) => ends[axis]! - start), type: x!.type };
    },
    derive: ({ trace, primitive: { starts, ends }, inputs: [x], cotangent }) => [
      trace.pad(
        cotangent,
        starts,
        x!.shape.map((length, axis) => length - ends[axis]!),
      ),
    ],
  },
  pad: {
    infer({ before, after }, inputs) {
      const [x] = inputs;
      if (!x || before.length !== x.shape.length) mismatch("pad", `${before.length} axes`, inputs);
      return { shape: x.shape.map((length, axis) => before[axis]! + length + after[axis]!), type: x.type };
    },
    derive: ({ trace, primitive: { before }, inputs: [x], cotangent }) => [
      trace.slice(
        cotangent,
        before,
        before.map((start, axis) => start + x!.shape[axis]!),
      ),
    ],
  },
  concatenate: {
    infer({ axis }, inputs) {
      const [first] = inputs;
      const fits = inputs.every(({ shape }) => shape.every((n, a) => a === axis || n === first!.shape[a]));
      if (!first || !fits) mismatch("concatenate", `arrays that differ at axis ${axis} at most`, inputs);
      const length = inputs.reduce((sum, { shape }) => sum + shape[axis]!, 0);
      return { shape: first.shape.map((n, a) => (a === axis ? length : n)), type: first.type };
    },
    derive({ trace, primitive: { axis }, inputs, cotangent, wanted }) {
      let start = 0;
      return inputs.map(({ shape }, input) => {
        const from = start;
        start += shape[axis]!;
        if (!wanted[input]) return null;
        const starts = shape.map((_, a) => (a === axis ? from : 0));
        return trace.slice(
          cotangent,
          starts,
          starts.map((s, a) => s + shape[a]!),
        );
      });
    },
  },
};
