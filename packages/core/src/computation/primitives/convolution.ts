/** The convolution by taps and its two gradients. It is linear in each input, so the three are each other's derivatives. */
import { mismatch } from "../mismatch.ts";
import type { Rules } from "../rule.ts";

type Names = "convolution" | "convolutionInputGradient" | "convolutionFilterGradient";

export const convolutionRules: { readonly [Name in Names]: Rules<Name> } = {
  convolution: {
    infer({ offsets }, inputs) {
      const [x, weight] = inputs;
      const fits = x?.shape.length === 4 && weight?.shape.length === 3 && weight.shape[1] === x.shape[3];
      if (!fits || weight.shape[0] !== offsets.length) {
        mismatch("convolution", `pictures [B, H, W, F] and weights [${offsets.length}, F, G]`, inputs);
      }
      return { shape: [...x.shape.slice(0, 3), weight.shape[2]!], type: "f32" };
    },
    derive: ({ trace, primitive: { offsets }, inputs: [x, weight], cotangent, wanted }) => [
      wanted[0] ? trace.apply({ op: "convolutionInputGradient", offsets }, cotangent, weight!) : null,
      wanted[1] ? trace.apply({ op: "convolutionFilterGradient", offsets }, x!, cotangent) : null,
    ],
  },
  convolutionInputGradient: {
    infer({ offsets }, inputs) {
      const [dy, weight] = inputs;
      const fits = dy?.shape.length === 4 && weight?.shape.length === 3 && weight.shape[2] === dy.shape[3];
      if (!fits || weight.shape[0] !== offsets.length) {
        mismatch("convolutionInputGradient", `[B, H, W, G] and weights [${offsets.length}, F, G]`, inputs);
      }
      return { shape: [...dy.shape.slice(0, 3), weight.shape[1]!], type: "f32" };
    },
    derive: ({ trace, primitive: { offsets }, inputs: [dy, weight], cotangent, wanted }) => [
      wanted[0] ? trace.convolution(cotangent, weight!, offsets) : null,
      wanted[1] ? trace.apply({ op: "convolutionFilterGradient", offsets }, cotangent, dy!) : null,
    ],
  },
  convolutionFilterGradient: {
    infer({ offsets }, inputs) {
      const [x, dy] = inputs;
      if (x?.shape.length !== 4 || String(x.shape.slice(0, 3)) !== String(dy?.shape.slice(0, 3))) {
        mismatch("convolutionFilterGradient", "[B, H, W, F] and [B, H, W, G]", inputs);
      }
      return { shape: [offsets.length, x.shape[3]!, dy!.shape[3]!], type: "f32" };
    },
    derive: ({ trace, primitive: { offsets }, inputs: [x, dy], cotangent, wanted }) => [
      wanted[0] ? trace.apply({ op: "convolutionInputGradient", offsets }, dy!, cotangent) : null,
      wanted[1] ? trace.convolution(x!, cotangent, offsets) : null,
    ],
  },
};
