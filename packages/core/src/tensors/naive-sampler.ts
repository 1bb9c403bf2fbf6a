/**
 * The naive sampler: one whole forward pass for every value drawn. Hopelessly slow and obviously right, so every other
 * sampler is checked against it.
 */

import { slice, type Tensor4D, tensor1d, tensor4d, tidy } from "@tensorflow/tfjs-core";
import { logitsRead } from "../likelihoods/likelihoods.ts";
import type { Model } from "../network/model.ts";
import { drawPositions } from "../samplers/draw-positions.ts";
import type { PositionwisePass, Sampler } from "../samplers/sampler.ts";
import { forward } from "./forward.ts";
import { disposeParameters, uploadParameters } from "./upload.ts";

/** Draws by a forward pass for every value, on the current TensorFlow.js backend: the reference for all other samplers. */
export const naiveSampler: Sampler = {
  name: "naive",
  draw: (model, request) =>
    drawPositions(model.network, request, openNaive(model, request.count, request.labels)),
};

function openNaive(model: Model, count: number, labels: Int32Array | null): PositionwisePass {
  const { network } = model;
  const { height, width, channels } = network.picture;
  const read = logitsRead(network);
  const parameters = uploadParameters(model);
  const classes = labels === null ? undefined : tensor1d(labels, "int32");
  const pixels = new Float32Array(count * height * width * channels);
  return {
    async logits(y, x, channel) {
      const [start, end] = read[channel]!;
      const logits = tidy(() => {
        const levels = tensor4d(pixels, [count, height, width, channels]);
        const all: Tensor4D = forward(network, parameters, levels, { labels: classes });
        return slice(all, [0, y, x, start], [count, 1, 1, end - start]);
      });
      try {
        return (await logits.data<"float32">()) as Float32Array;
      } finally {
        logits.dispose();
      }
    },
    set(y, x, channel, levels) {
      for (let b = 0; b < count; b++) {
        pixels[((b * height + y) * width + x) * channels + channel] = levels[b]!;
      }
    },
    dispose() {
      disposeParameters(parameters);
      classes?.dispose();
    },
  };
}
