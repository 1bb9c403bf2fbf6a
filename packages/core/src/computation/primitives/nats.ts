/** Negative log-likelihoods of values under their logits, and their gradients (with respect to the logits; levels are data). */
import { mismatch } from "../mismatch.ts";
import type { Rules } from "../rule.ts";

type Names = "bernoulliNats" | "bernoulliNatsGradient" | "categoricalNats" | "categoricalNatsGradient";

export const natsRules: { readonly [Name in Names]: Rules<Name> } = {
  bernoulliNats: {
    infer(_, inputs) {
      const [logits, levels] = inputs;
      if (logits?.shape.length !== 1 || String(logits.shape) !== String(levels?.shape)) {
        mismatch("bernoulliNats", "logits [N] and levels [N]", inputs);
      }
      return { shape: logits.shape, type: "f32" };
    },
    derive: ({ trace, inputs: [logits, levels], cotangent }) => [
      trace.apply({ op: "bernoulliNatsGradient" }, logits!, levels!, cotangent),
      null,
    ],
  },
  bernoulliNatsGradient: { infer: (_, [logits]) => ({ shape: logits!.shape, type: "f32" }) },
  categoricalNats: {
    infer(_, inputs) {
      const [logits, levels] = inputs;
      if (logits?.shape.length !== 2 || levels?.shape.length !== 1 || levels.shape[0] !== logits.shape[0]) {
        mismatch("categoricalNats", "logits [N, K] and levels [N]", inputs);
      }
      return { shape: levels.shape, type: "f32" };
    },
    derive: ({ trace, inputs: [logits, levels], cotangent }) => [
      trace.apply({ op: "categoricalNatsGradient" }, logits!, levels!, cotangent),
      null,
    ],
  },
  categoricalNatsGradient: { infer: (_, [logits]) => ({ shape: logits!.shape, type: "f32" }) },
};
