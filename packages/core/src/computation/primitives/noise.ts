/** Addressed noise: a constant to whoever differentiates. */
import { mismatch } from "../mismatch.ts";
import type { Rules } from "../rule.ts";

export const noiseRules: { readonly dropoutMask: Rules<"dropoutMask"> } = {
  dropoutMask: {
    infer({ shape }, inputs) {
      const [seed, pictures, step] = inputs;
      const fits = seed?.shape[0] === 2 && pictures?.shape[0] === shape[0] && step?.shape[0] === 1;
      if (!fits || inputs.some(({ type }) => type !== "u32")) {
        mismatch("dropoutMask", `seed u32[2], pictures u32[${shape[0]}] and step u32[1]`, inputs);
      }
      return { shape, type: "f32" };
    },
  },
};
