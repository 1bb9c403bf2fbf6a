/**
 * The LSTM cell with taps on itself: van den Oord et al. 2016, arXiv:1601.06759, equation 3. Its gradient goes through positions the other way round and gives that
 * of the gates' sums a, from which those of x and of the weights follow: a is x and a convolution of h.
 */
import type { ChannelRange } from "../../network/graph.ts";
import { mismatch } from "../mismatch.ts";
import type { Rules } from "../rule.ts";

type Names = "lstm" | "lstmGradient";

export const lstmRules: { readonly [Name in Names]: Rules<Name> } = {
  lstm: {
    infer({ taps, groups }, inputs) {
      const [x, weight] = inputs;
      const channels = channelsOf(groups);
      const fits =
        inputs.length === 2 &&
        x!.shape.length === 4 &&
        x!.shape[3] === 4 * channels &&
        String(weight!.shape) === String([taps.length, channels, 4 * channels]);
      if (!fits) {
        mismatch(
          "lstm",
          `gates [B, H, W, ${4 * channels}] and weights [${taps.length}, ${channels}, ${4 * channels}]`,
          inputs,
        );
      }
      return { shape: [...x!.shape.slice(0, 3), 2 * channels], type: "f32" };
    },
    derive({ trace, primitive, inputs: [x, weight], output, cotangent, wanted }) {
      const { taps, groups } = primitive;
      const da = trace.apply({ ...primitive, op: "lstmGradient" }, x!, weight!, output, cotangent);
      const h = trace.channels(output, [0, channelsOf(groups)]);
      return [
        wanted[0] ? da : null,
        wanted[1] ? trace.apply({ op: "convolutionFilterGradient", offsets: taps }, h, da) : null,
      ];
    },
  },
  lstmGradient: {
    infer({ groups }, inputs) {
      const [x, weight, states, dstates] = inputs;
      const channels = channelsOf(groups);
      const fits =
        x?.shape.length === 4 &&
        x.shape[3] === 4 * channels &&
        weight?.shape[2] === 4 * channels &&
        String(states?.shape) === String([...x.shape.slice(0, 3), 2 * channels]) &&
        String(dstates?.shape) === String(states?.shape);
      if (!fits) {
        mismatch("lstmGradient", `x, weights, states and dstates of ${channels} channels' cells`, inputs);
      }
      return { shape: x.shape, type: "f32" };
    },
  },
};

function channelsOf(groups: readonly ChannelRange[]): number {
  return groups.at(-1)?.[1] ?? 0;
}
