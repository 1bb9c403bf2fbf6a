import { beforeAll, describe, expect, it } from "vitest";
import {
  FlatLayout,
  initialise,
  Trainer,
  type TrainerOptions,
  type TrainingVectors,
} from "../../src/training/index.ts";
import { useBackend } from "../support/backends.ts";
import { expectClose } from "../support/close.ts";
import { modelNames } from "../support/small-models.ts";
import { noDropout, randomBatch, smallNetwork, trainerOptions } from "./support/small-training.ts";

const [RATE, DECAY] = [0.01, 7];
const picture = { height: 5, width: 5, channels: 3, levels: 4 };

describe.each(modelNames)("%s", (name) => {
  beforeAll(() => useBackend("cpu"));
  const network = smallNetwork(name, { picture, channels: 7 });
  const layout = new FlatLayout(network);
  const batch = randomBatch(picture, 4);

  /** After so many steps from a state. */
  async function trained(options: TrainerOptions, steps: number, from?: TrainingVectors) {
    const trainer = new Trainer(initialise(network, 1), options);
    if (from !== undefined) await trainer.restore(2, from);
    for (let step = 0; step < steps; step++) await trainer.train(batch, RATE, noDropout);
    const vectors = await trainer.vectors();
    await trainer.dispose();
    return vectors;
  }

  it.each(["adam", "muon"] as const)("of a step by %s", async (optimiser) => {
    const rule = { ...trainerOptions, optimiser };
    const before = await trained(rule, 2); // so that no matrix is 0 as the logits' is at first
    const plain = await trained(rule, 1, before);
    const decayed = await trained({ ...rule, weightDecay: DECAY }, 1, before);
    const allowed = layout.allowed();
    let [taken, kept] = [0, 0];
    for (const { role, shape, start, name } of layout.trained) {
      const end = start + shape.reduce((product, length) => product * length, 1);
      const decay: number[] = [];
      const expected: number[] = [];
      const share = role === "weight" && shape.length === 3 ? RATE * DECAY : 0;
      for (let i = start; i < end; i++) {
        const weight = before.weights[i]!;
        decay.push(plain.weights[i]! - decayed.weights[i]!);
        expected.push(share * weight);
        if (share > 0 && Math.abs(weight) > 1e-3) taken += 1;
        if (share === 0 && Math.abs(weight) > 1e-3) kept += 1;
        if (allowed?.[i] === 0 && decayed.weights[i] !== 0) expect.fail(`${name}[${i - start}] is forbidden`);
      }
      // As toBeCloseTo has it of six digits.
      expectClose(decay, expected, 5e-7);
    }
    expect(taken).toBeGreaterThan(100);
    expect(kept).toBeGreaterThan(5);
    for (const moment of ["firstMoment", "secondMoment"] as const)
      expect(decayed[moment]).toEqual(plain[moment]);
  });
});
