import { tensor1d, tensor4d, tidy } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { dimensions } from "../../src/picture.ts";
import { forward } from "../../src/tensors/forward.ts";
import { naiveSampler } from "../../src/tensors/naive-sampler.ts";
import { disposeParameters, uploadParameters } from "../../src/tensors/upload.ts";
import { useBackend } from "../support/backends.ts";
import { drawPictures } from "../support/draw-pictures.ts";
import { natsOfPictures } from "../support/nats.ts";
import { combinations } from "../support/pairwise.ts";
import { modelNames, smallModel } from "../support/small-models.ts";
import { mixtureOf } from "../support/values.ts";

const count = 3;
const labels = [1, 0, 1];

describe.each(
  combinations({
    model: modelNames,
    channels: [1, 3],
    levels: [2, 4, 256],
    components: [0, 3],
    temperature: [1, 2, 0],
    sampler: ["incremental", "naive"],
  }),
)(
  "$model, $channels channels, $levels levels, $components components, T = $temperature, $sampler",
  (options) => {
    beforeAll(() => useBackend("wasm"));

    it("the log-probabilities of drawn pictures are minus their loss, at temperature 1", async () => {
      const picture = { height: 3, width: 4, channels: options.channels, levels: options.levels };
      const size = dimensions(picture);
      const model = smallModel(options.model, { picture, ...mixtureOf(options.components), classes: 2 });
      const drawn = await drawPictures(model, {
        count,
        seed: 6,
        temperature: options.temperature,
        classLabel: labels,
        ...(options.sampler === "naive" && { sampler: naiveSampler }),
      });
      const parameters = uploadParameters(model);
      const loss = tidy(() => {
        const levels = tensor4d(Float32Array.from(drawn.levels), [count, 3, 4, picture.channels]);
        const logits = forward(model.network, parameters, levels, {
          labels: tensor1d(labels, "int32"),
        });
        return natsOfPictures(logits, levels, model.network).dataSync();
      });
      disposeParameters(parameters);
      loss.forEach((nats, b) => {
        const scores = drawn.logProbabilities.slice(b * size, (b + 1) * size);
        const total = scores.reduce((sum, score) => sum + score, 0);
        expect(Math.abs(total + nats)).toBeLessThan(1e-5 * Math.max(nats, size));
      });
    });
  },
);
