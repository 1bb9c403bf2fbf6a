/** Rows of a table by index, and their way back. */
import { mismatch } from "../mismatch.ts";
import type { Rules } from "../rule.ts";

type Names = "gather" | "scatterAdd";

export const indexingRules: { readonly [Name in Names]: Rules<Name> } = {
  gather: {
    infer(_, inputs) {
      const [table, indices] = inputs;
      if (table?.shape.length !== 2 || indices?.shape.length !== 1 || indices.type !== "s32") {
        mismatch("gather", "a table f32[N, F] and indices s32[B]", inputs);
      }
      return { shape: [indices.shape[0]!, table.shape[1]!], type: table.type };
    },
    derive: ({ trace, inputs: [table, indices], cotangent }) => [
      trace.apply({ op: "scatterAdd", rows: table!.shape[0]! }, cotangent, indices!),
      null,
    ],
  },
  scatterAdd: {
    infer({ rows }, inputs) {
      const [values, indices] = inputs;
      if (values?.shape.length !== 2 || indices?.shape[0] !== values.shape[0] || indices?.type !== "s32") {
        mismatch("scatterAdd", "rows f32[B, F] and their indices s32[B]", inputs);
      }
      return { shape: [rows, values.shape[1]!], type: values.type };
    },
    derive: ({ trace, inputs: [, indices], cotangent }) => [trace.gather(cotangent, indices!), null],
  },
};
