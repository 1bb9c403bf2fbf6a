import { describe, expect, it } from "vitest";
import { initialise, Trainer } from "../../src/training/index.ts";
import { useBackend } from "../support/backends.ts";
import { modelNames } from "../support/small-models.ts";
import { embeddingOf } from "../support/values.ts";
import { noDropout, randomBatch, smallNetwork, trainerOptions } from "./support/small-training.ts";

/** Every preset with one channel or three, two levels or more, with classes or without, on either backend. */
const cases = modelNames.flatMap((model, i) => [
  { model, channels: 1, levels: 2, classes: i % 2 === 0 ? 4 : 0, embedding: 0, backend: "cpu" as const },
  { model, channels: 3, levels: 4, classes: i % 2 === 0 ? 0 : 4, embedding: 5, backend: "wasm" as const },
  { model, channels: 1, levels: 256, classes: 0, embedding: 0, backend: "wasm" as const },
]);

describe.each(cases)(
  "$model, $channels channels, $levels levels, $classes classes, embedding of $embedding, $backend",
  ({ model: name, channels, levels, classes, embedding, backend }) => {
    it("four random pictures are learned by heart", async () => {
      await useBackend(backend);
      const picture = { height: 3, width: 4, channels, levels };
      // PixelCNN++ is some times as deep as the others at as many layers: it learns by smaller steps, and with fewer channels.
      const deep = name === "pixelcnn++";
      const size =
        backend === "cpu"
          ? { channels: deep ? 6 : 12, layers: 1 }
          : { channels: deep ? 12 : 24, layers: deep ? 1 : 2 };
      const network = smallNetwork(name, { picture, classes, ...embeddingOf(embedding), ...size });
      const batch = randomBatch(picture, 4, Math.max(1, classes));
      const trainer = new Trainer(initialise(network, 1), trainerOptions);
      // Nothing before it tells a first pixel apart, so four different pictures cost ln 4 each at least.
      const least = classes === 4 ? 0 : Math.log(4);
      const losses: number[] = [];
      const isLearned = () => losses.length > 0 && losses.at(-1)! - least < 0.1 * losses[0]!;
      while (losses.length < 120 && !isLearned())
        losses.push((await trainer.train(batch, deep ? 0.01 : 0.03, noDropout)).nats);
      await trainer.dispose();
      expect(losses.at(-1)! - least).toBeLessThan(0.1 * losses[0]!);
    });
  },
);
