import type { Model, PresetName } from "@pixelcnn/core";
import type { Dataset, Split } from "@pixelcnn/core/data";
import { beforeAll, expect, it } from "vitest";
import { drawPictures, scorePictures } from "../../core/test/support/draw-pictures.ts";
import { modelNames } from "../../core/test/support/small-models.ts";
import {
  eventsOf,
  only,
  smallNetwork,
  trainOptions,
} from "../../core/test/training/support/small-training.ts";
import { WasmEngine } from "../src/index.ts";
import { startWasm } from "./support/wasm.ts";

const picture = { height: 4, width: 4, channels: 1, levels: 4 };

/** Every pixel of a picture is its label: nothing in a first pixel tells which it will be. */
function flatPictures(length: number): Split {
  return {
    length,
    read(index, target, offset) {
      const label = index % 3;
      target.fill(label, offset, offset + 16);
      return label;
    },
  };
}

function flatDataset(pictures: number): Dataset {
  const [train, validation, test] = [pictures, 3, 6].map(flatPictures) as [Split, Split, Split];
  return { name: "flat", ...picture, classes: 3, train, validation, test };
}

beforeAll(startWasm);

const labels = [0, 1, 2];
const pictures = Uint8Array.from(labels.flatMap((label) => new Array<number>(16).fill(label)));
const options = trainOptions(
  picture,
  { epochs: 1 },
  { learningRate: 0.03, batchSize: 12, engine: async (...start) => new WasmEngine(...start) },
);

/** Running statistics are late; what a step takes longest to compute learns in fewer. */
const trainedOn: Partial<Record<PresetName, number>> = { naive: 1800, snail: 720, "pixelcnn++": 600 };

async function trained(name: PresetName, classes: number): Promise<Model> {
  const network = smallNetwork(name, { picture, classes, channels: 12 });
  const dataset = flatDataset(trainedOn[name] ?? 1200);
  return only(await eventsOf(network, dataset, options), "checkpoint").at(-1)!.model;
}

it.each(modelNames)(
  "%s: with labels the first pixel is all but free, and a class gives its pictures",
  async (name) => {
    const model = await trained(name, 3);
    const scores = await scorePictures(model, pictures, { count: 3, classLabel: labels });
    for (const picture of labels) expect(-scores[16 * picture]!).toBeLessThan(0.2);
    const drawn = await drawPictures(model, { count: 3, classLabel: labels, temperature: 0 });
    expect(drawn.levels).toEqual(pictures);
  },
);

it.each(modelNames)(
  "%s: without labels the first pixel costs ln 3 at least, a later one little",
  async (name) => {
    const scores = await scorePictures(await trained(name, 0), pictures, { count: 3 });
    // Whatever a model says of a first pixel, the three pictures together cost it 3 ln 3 at least.
    const firstPixels = labels.reduce((sum, picture) => sum - scores[16 * picture]!, 0);
    expect(firstPixels / 3).toBeGreaterThan(Math.log(3) - 1e-6);
    for (const picture of labels) expect(-scores[16 * picture + 5]!).toBeLessThan(0.2);
  },
);
