import { beforeAll, expect, it } from "vitest";
import { modelNames } from "../../core/test/support/small-models.ts";
import { isDeep, lossLeft } from "../../core/test/training/support/learn-by-heart.ts";
import { WasmEngine } from "../src/index.ts";
import { startWasm } from "./support/wasm.ts";

beforeAll(startWasm);

/** Every preset with colours and an embedding, with classes or without, and with many levels. */
const cases = modelNames.flatMap((model, i) => [
  { model, channels: 3, levels: 4, classes: i % 2 === 0 ? 0 : 4, embedding: 5 },
  { model, channels: 1, levels: 256, classes: 0, embedding: 0 },
]);

it.each(cases)(
  "$model, $channels channels, $levels levels, $classes classes, embedding of $embedding: four random pictures are learned by heart",
  async (one) => {
    const size = isDeep(one.model) ? { channels: 12, layers: 1 } : { channels: 24, layers: 2 };
    expect(await lossLeft(async (...start) => new WasmEngine(...start), { ...one, size })).toBeLessThan(0.1);
  },
);
