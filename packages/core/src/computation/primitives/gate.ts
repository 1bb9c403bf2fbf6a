/** tanh(a)·σ(b), the gate of van den Oord et al. 2016, arXiv:1606.05328, equation 2, and its gradient. */
import type { ChannelRange } from "../../network/graph.ts";
import { alike, mismatch } from "../mismatch.ts";
import type { Rules } from "../rule.ts";

type Names = "gate" | "gateGradient";

export const gateRules: { readonly [Name in Names]: Rules<Name> } = {
  gate: {
    infer({ groups }, inputs) {
      const [x] = inputs;
      const channels = channelsOf(groups);
      if (!x || x.shape.at(-1) !== channels || channels % 2 !== 0) {
        mismatch("gate", `an array of ${channels} channels, an even number`, inputs);
      }
      return { shape: [...x.shape.slice(0, -1), channels / 2], type: "f32" };
    },
    derive: ({ trace, primitive: { groups }, inputs: [x], cotangent }) => [
      trace.apply({ op: "gateGradient", groups }, x!, cotangent),
    ],
  },
  gateGradient: {
    infer(_, inputs) {
      const [x, dy] = inputs;
      const expected = x && { ...x, shape: [...x.shape.slice(0, -1), x.shape.at(-1)! / 2] };
      if (!expected || !dy || !alike(expected, dy))
        mismatch("gateGradient", "x and dy of half its channels", inputs);
      return { shape: x!.shape, type: "f32" };
    },
  },
};

function channelsOf(groups: readonly ChannelRange[]): number {
  return groups.at(-1)?.[1] ?? 0;
}
