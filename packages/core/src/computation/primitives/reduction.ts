/** Sums: over axes, over the inner axis of a matrix product, over devices. */
import { mismatch } from "../mismatch.ts";
import type { Rules } from "../rule.ts";

type Names = "reduce" | "product" | "sumOverDevices";

export const reductionRules: { readonly [Name in Names]: Rules<Name> } = {
  reduce: {
    infer({ kind, axes }, inputs) {
      const [x] = inputs;
      if (x?.type !== "f32" || axes.some((axis) => axis < 0 || axis >= x.shape.length)) {
        mismatch(kind, `an f32 array with axes [${axes}]`, inputs);
      }
      return { shape: x.shape.filter((_, axis) => !axes.includes(axis)), type: x.type };
    },
    derive({ trace, primitive: { kind, axes }, inputs: [x], output, cotangent }) {
      const kept = x!.shape.map((_, axis) => axis).filter((axis) => !axes.includes(axis));
      const spread = trace.broadcast(cotangent, x!.shape, kept);
      if (kind === "sum") return [spread];
      // Every element that is the largest gets all of it: where several are, a subgradient.
      const below = trace.greater(trace.broadcast(output, x!.shape, kept), x!);
      return [trace.select(below, trace.constant(0, x!.shape), spread)];
    },
  },
  product: {
    infer({ transposeLeft, transposeRight }, inputs) {
      const [left, right] = inputs;
      if (left?.shape.length !== 2 || right?.shape.length !== 2) mismatch("product", "two matrices", inputs);
      const [rows, inner] = transposeLeft ? [...left.shape].reverse() : left.shape;
      const [length, columns] = transposeRight ? [...right.shape].reverse() : right.shape;
      if (inner !== length) mismatch("product", "matrices with an inner axis of one length", inputs);
      return { shape: [rows!, columns!], type: "f32" };
    },
    derive({ trace, primitive, inputs: [a, b], cotangent: d, wanted }) {
      const { transposeLeft, transposeRight } = primitive;
      const left = () =>
        transposeLeft
          ? trace.product(b!, d, { transposeLeft: transposeRight, transposeRight: true })
          : trace.product(d, b!, { transposeRight: !transposeRight });
      const right = () =>
        transposeRight
          ? trace.product(d, a!, { transposeLeft: true, transposeRight: transposeLeft })
          : trace.product(a!, d, { transposeLeft: !transposeLeft });
      return [wanted[0] ? left() : null, wanted[1] ? right() : null];
    },
  },
  sumOverDevices: {
    infer: (_, [x]) => ({ shape: x!.shape, type: x!.type }),
    // Every device's sum depends on every device's part alike.
    derive: ({ trace, cotangent }) => [trace.sumOverDevices(cotangent)],
  },
};
