/** The shader sampler in a real Chromium, on its software adapter, against the incremental sampler here. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { encodeModelFile } from "../../../src/model-file/encode-model-file.ts";
import type { Model } from "../../../src/network/model.ts";
import { useBackend } from "../../support/backends.ts";
import { expectClose } from "../../support/close.ts";
import { drawPictures } from "../../support/draw-pictures.ts";
import { handBuilt } from "../../support/hand-built.ts";
import { inChromium, type ModuleThere } from "../../support/in-chromium.ts";
import { combinations } from "../../support/pairwise.ts";
import { randomWeights } from "../../support/random-model.ts";
import { randomPictures } from "../../support/random-pictures.ts";
import { modelNames, smallModel } from "../../support/small-models.ts";
import { countTies, expectFewTies, type TieCount } from "../../support/ties.ts";
import type { Delivery, Order } from "./draw-in-browser.ts";

const count = 3;
const labels = [2, 0, 1];
const found: TieCount[] = [];
let there: ModuleThere;

beforeAll(async () => {
  await useBackend("wasm");
  there = await inChromium(new URL("draw-in-browser.ts", import.meta.url));
});
afterAll(async () => {
  await there?.close();
  expectFewTies(found);
});

async function drawThere(model: Model, options: Order["options"]): Promise<Delivery> {
  const { levels } = model.network.picture;
  const provenance = { dataset: "none", command: "none", date: "2026-01-01T00:00:00Z", steps: 0 };
  const bytes = encodeModelFile({
    model,
    preparation: { levels, binarise: levels === 2 ? "threshold" : null },
    provenance: { ...provenance, trainNats: null, validation: null, test: null },
  });
  const order: Order = { modelFile: Buffer.from(bytes).toString("base64"), options };
  return there.call("drawInBrowser", order);
}

/** Draws in both places and compares. */
async function compare(model: Model, options: Order["options"] & { seed: number; temperature: number }) {
  const { known, ...others } = options;
  const here = await drawPictures(model, {
    ...others,
    ...(known && { known: { levels: Uint8Array.from(known.levels), mask: Uint8Array.from(known.mask) } }),
  });
  const delivered = await drawThere(model, options);
  const ties = await countTies(model, here.levels, Uint8Array.from(delivered.levels), {
    ...options,
    labels: (options.classLabel as number[] | undefined) ?? null,
  });
  found.push(ties);
  expectFewTies(found);
  if (ties.ties > 0) return delivered;
  expectClose(delivered.logProbabilities, here.logProbabilities, 5e-5);
  return delivered;
}

const table = combinations({
  model: modelNames,
  channels: [1, 3],
  levels: [2, 20],
  classes: [0, 3],
  known: [false, true],
  temperature: [1, 0],
});

describe.each(table)(
  "$model, $channels channels, $levels levels, $classes classes, known $known, T = $temperature",
  ({ model: name, channels, levels, classes, known, temperature }) => {
    it("equals the incremental sampler's", async () => {
      const picture = { height: 5, width: 4, channels, levels };
      const model = smallModel(name, { picture, classes, layers: 1, channels: 6 }, 2);
      const given = [...randomPictures(picture, count, 3)];
      const { adapter, positions } = await compare(model, {
        count,
        seed: 2 ** 40 + 7,
        temperature,
        firstIndex: 3,
        batchSize: 2,
        ...(classes > 0 && { classLabel: labels }),
        ...(known && { known: { levels: given, mask: given.map((_, i) => (i % 3 === 0 ? 1 : 0)) } }),
      });
      expect(adapter).not.toBe("");
      expect(positions).toEqual([4, 8, 12, 16, 20, 4, 8, 12, 16, 20]);
    });
  },
);

it.each(handBuilt({ height: 4, width: 4, channels: 1, levels: 3 }))("%s", async (_, network) => {
  await compare(randomWeights(network, 5), { count, classLabel: labels, seed: 9, temperature: 1 });
});

it("core with the shader brings no TensorFlow.js", () => {
  expect(there.script.length).toBeGreaterThan(10_000);
  expect(there.script).not.toMatch(/tensorflow|registerBackend/i);
});
