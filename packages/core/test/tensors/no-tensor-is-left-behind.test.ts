import { memory, tensor1d, tensor4d } from "@tensorflow/tfjs-core";
import { describe, expect, it } from "vitest";
import { forward } from "../../src/tensors/forward.ts";
import { naiveSampler } from "../../src/tensors/naive-sampler.ts";
import { disposeParameters, uploadParameters } from "../../src/tensors/upload.ts";
import { backends, useBackend } from "../support/backends.ts";
import { drawPictures } from "../support/draw-pictures.ts";
import { natsOfPictures } from "../support/nats.ts";
import { combinations } from "../support/pairwise.ts";
import { modelNames, smallModel } from "../support/small-models.ts";

describe.each(
  combinations({ model: modelNames, channels: [1, 3], levels: [2, 4], classes: [0, 2], backend: backends }),
)(
  "$model, $channels channels, $levels levels, $classes classes, $backend",
  ({ model: name, channels, levels, classes, backend }) => {
    const picture = { height: 2, width: 3, channels, levels };
    const model = smallModel(name, { picture, classes, dropout: 0.5 });

    it("a forward pass leaves its result, the loss its own, disposing the parameters nothing", async () => {
      await useBackend(backend);
      const before = memory().numTensors;
      for (let run = 0; run < 3; run++) {
        const parameters = uploadParameters(model);
        expect(memory().numTensors).toBe(before + model.weights.size);
        const pictures = tensor4d(new Float32Array(2 * 6 * channels), [2, 2, 3, channels]);
        const labels = classes === 0 ? undefined : tensor1d([1, 0], "int32");
        const given = memory().numTensors;
        const logits = forward(model.network, parameters, pictures, { labels });
        expect(memory().numTensors).toBe(given + 1);
        const nats = natsOfPictures(logits, pictures, { picture });
        expect(memory().numTensors).toBe(given + 2);
        for (const tensor of [pictures, labels, logits, nats]) tensor?.dispose();
        disposeParameters(parameters);
        expect(memory().numTensors).toBe(before);
      }
    });

    it("sheets of pictures leave nothing after the first", async () => {
      await useBackend(backend);
      const options = { count: 3, batchSize: 2, ...(classes > 0 && { classLabel: 1 }) };
      for (const sampler of [{}, { sampler: naiveSampler }]) {
        await drawPictures(model, { ...options, ...sampler });
        const { numTensors, numDataBuffers } = memory();
        for (let sheet = 1; sheet <= 3; sheet++)
          await drawPictures(model, { ...options, seed: sheet, ...sampler });
        expect(memory()).toMatchObject({ numTensors, numDataBuffers });
      }
    });
  },
);
