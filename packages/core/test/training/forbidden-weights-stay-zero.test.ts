import { describe, expect, it } from "vitest";
import { parametersOf } from "../../src/network/parameters.ts";
import { initialise, Trainer } from "../../src/training/index.ts";
import { useBackend } from "../support/backends.ts";
import { modelNames } from "../support/small-models.ts";
import { noDropout, randomBatch, smallNetwork, trainerOptions } from "./support/small-training.ts";

describe.each(modelNames)("%s, three channels", (name) => {
  const picture = { height: 4, width: 4, channels: 3, levels: 4 };
  const network = smallNetwork(name, { picture, channels: 7 });

  it("what masks forbid is 0 in the weights, their average and Adam's moments; everything else moves", async () => {
    await useBackend("wasm");
    const trainer = new Trainer(initialise(network, 1), trainerOptions);
    const start = await trainer.vectors();
    for (let step = 1; step <= 10; step++)
      await trainer.train(randomBatch(picture, 4, 1, step), 0.02, noDropout);
    const { weights, averagedWeights, firstMoment, secondMoment } = await trainer.vectors();
    let forbidden = 0;
    let allowedCount = 0;
    let silent = 0;
    for (const { name: parameter, role, allowed: allowedIn } of parametersOf(network)) {
      if (role !== "weight") continue;
      const { start: first } = trainer.layout.trained.find((slot) => slot.name === parameter)!;
      allowedIn?.()?.forEach((bit, i) => {
        if (bit === 1) {
          // A ReLU that never was above 0 teaches nobody.
          if (secondMoment[first + i] === 0) silent += 1;
          else expect(weights[first + i]).not.toBe(start.weights[first + i]);
          allowedCount += 1;
          return;
        }
        forbidden += 1;
        for (const vector of [weights, averagedWeights, firstMoment, secondMoment])
          expect(vector[first + i]! + 0).toBe(0);
      });
    }
    await trainer.dispose();
    expect(forbidden).toBeGreaterThan(30);
    expect(silent / allowedCount).toBeLessThan(0.1);
  });
});
