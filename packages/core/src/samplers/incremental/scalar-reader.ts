import { logitsPerChannel } from "../../likelihoods/likelihoods.ts";
import type { Model } from "../../network/model.ts";
import { drawPositions } from "../draw-positions.ts";
import type { PositionReader, Reader } from "../sampler.ts";
import { Walk } from "./walk.ts";

/** The incremental reader in plain TypeScript, picture after picture: what faster ones are checked against. */
export const scalarReader: Reader = {
  name: "scalar",
  draw: (model, request) =>
    drawPositions(model.network.picture, request, openWalks(model, request.count, request.labels)),
};

/** The same as a {@link PositionReader}: the caller draws. */
export function openWalks(model: Model, count: number, labels: Int32Array | null): PositionReader {
  const { channels } = model.network.picture;
  const stride = logitsPerChannel(model.network.picture);
  const walks = Array.from({ length: count }, (_, b) => new Walk(model, labels?.[b] ?? 0));
  const logits = new Float32Array(count * stride);
  return {
    logits(y, x, channel) {
      walks.forEach((walk, b) => {
        if (x === 0 && channel === 0) walk.startRow(y);
        walk.advance(y, x, channel);
        const from = walk.outputOffset(y, x) + channel * stride;
        logits.set(walk.output.subarray(from, from + stride), b * stride);
      });
      return logits;
    },
    set(y, x, channel, levels) {
      walks.forEach((walk, b) => {
        walk.set(y, x, channel, levels[b]!);
        // Groups that see the last channel of their own pixel: later positions read them.
        if (channel === channels - 1) walk.advance(y, x, channels);
      });
    },
    dispose() {},
  };
}
