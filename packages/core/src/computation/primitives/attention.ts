/**
 * Causal attention over positions in raster order: Chen et al. 2018, arXiv:1712.09763, with the scale of Vaswani et al. 2017, arXiv:1706.03762. Its
 * gradient is one primitive of three parts, so that whoever computes it works the weights out once.
 */
import { mismatch } from "../mismatch.ts";
import type { Rules } from "../rule.ts";
import type { Value } from "../value.ts";

type Names = "attention" | "attentionGradient";

export const attentionRules: { readonly [Name in Names]: Rules<Name> } = {
  attention: {
    infer({ heads }, inputs) {
      const [queries, keys, values] = inputs;
      const fits =
        inputs.length === 3 &&
        inputs.every((input) => input.shape.length === 4 && sharesPositions(input, queries!)) &&
        queries!.shape[3] === keys!.shape[3] &&
        isSplit(queries!, heads) &&
        isSplit(values!, heads);
      if (!fits) {
        mismatch(
          "attention",
          `queries and keys [B, H, W, ${heads}·D] and values [B, H, W, ${heads}·E]`,
          inputs,
        );
      }
      return { shape: values!.shape, type: "f32" };
    },
    derive({ trace, primitive: { heads }, inputs, cotangent, wanted }) {
      const together = trace.apply({ op: "attentionGradient", heads }, ...inputs, cotangent);
      let end = 0;
      return inputs.map(({ shape }, input) => {
        const start = end;
        end += shape[3]!;
        return wanted[input] ? trace.channels(together, [start, end]) : null;
      });
    },
  },
  attentionGradient: {
    infer({ heads }, inputs) {
      const [queries, keys, values, dy] = inputs;
      if (!queries || !keys || !values || String(values.shape) !== String(dy?.shape)) {
        mismatch("attentionGradient", `queries, keys, values and dy of their shape, ${heads} heads`, inputs);
      }
      const channels = queries.shape[3]! + keys.shape[3]! + values.shape[3]!;
      return { shape: [...queries.shape.slice(0, 3), channels], type: "f32" };
    },
  },
};

function sharesPositions({ shape }: Value, other: Value): boolean {
  return String(shape.slice(0, 3)) === String(other.shape.slice(0, 3));
}

function isSplit({ shape }: Value, heads: number): boolean {
  return Number.isInteger(heads) && heads > 0 && shape[3]! > 0 && shape[3]! % heads === 0;
}
