import { logitsPerChannel } from "../../likelihoods/likelihoods.ts";
import type { Model } from "../../network/model.ts";
import { drawPositions } from "../draw-positions.ts";
import type { PositionwisePass, Sampler } from "../sampler.ts";
import { CachedForwardPass } from "./cached-forward-pass.ts";

/** The incremental sampler in plain TypeScript, picture after picture: what faster ones are checked against. */
export const scalarSampler: Sampler = {
  name: "scalar",
  draw: (model, request) =>
    drawPositions(model.network.picture, request, openCachedPasses(model, request.count, request.labels)),
};

/** The same as a {@link PositionwisePass}: the caller draws. */
export function openCachedPasses(model: Model, count: number, labels: Int32Array | null): PositionwisePass {
  const { channels } = model.network.picture;
  const stride = logitsPerChannel(model.network.picture);
  const passes = Array.from({ length: count }, (_, b) => new CachedForwardPass(model, labels?.[b] ?? 0));
  const logits = new Float32Array(count * stride);
  return {
    logits(y, x, channel) {
      passes.forEach((pass, b) => {
        if (x === 0 && channel === 0) pass.startRow(y);
        pass.advance(y, x, channel);
        const from = pass.outputOffset(y, x) + channel * stride;
        logits.set(pass.output.subarray(from, from + stride), b * stride);
      });
      return logits;
    },
    set(y, x, channel, levels) {
      passes.forEach((pass, b) => {
        pass.set(y, x, channel, levels[b]!);
        // Groups that see the last channel of their own pixel: later positions read them.
        if (channel === channels - 1) pass.advance(y, x, channels);
      });
    },
    dispose() {},
  };
}
