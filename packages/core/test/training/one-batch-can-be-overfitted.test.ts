// Pictures with colours, with many levels and with an embedding are learned by heart in the tests of the engine that trains on processors.

import { beforeAll, expect, it } from "vitest";
import { Trainer } from "../../src/training/index.ts";
import { useBackend } from "../support/backends.ts";
import { modelNames } from "../support/small-models.ts";
import { isDeep, lossLeft } from "./support/learn-by-heart.ts";

beforeAll(() => useBackend("cpu"));

it.each(modelNames.map((model, i) => ({ model, classes: i % 2 === 0 ? 4 : 0 })))(
  "$model, $classes classes: four random pictures are learned by heart",
  async ({ model, classes }) => {
    const size = { channels: isDeep(model) ? 6 : 12, layers: 1 };
    const pupil = { model, channels: 1, levels: 2, classes, embedding: 0, size };
    expect(await lossLeft(async (...start) => new Trainer(...start), pupil)).toBeLessThan(0.1);
  },
);
