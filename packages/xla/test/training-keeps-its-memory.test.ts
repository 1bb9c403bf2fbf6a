import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { initialise } from "@pixelcnn/core/training";
import type { Client } from "@pixelcnn/pjrt";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { adam, cases, networkOf, noiseBatch } from "../../core/test/support/small-trainings.ts";
import { XlaEngine } from "../src/index.ts";
import { pluginPath, startClient } from "./support/client.ts";

describe.skipIf(!pluginPath)("a long training", () => {
  let client: Client;
  beforeAll(async () => {
    client = await startClient();
  });
  afterAll(() => client.dispose());

  it("holds as many arrays at step 100 as at step 10, with remainders and evaluations between", async () => {
    const network = networkOf(cases[0]!);
    const engine = await XlaEngine.start(client, initialise(network, 1), adam);
    const held: number[] = [];
    for (let step = 1; step <= 100; step++) {
      const count = step % 4 === 0 ? 2 : 4;
      const batch = noiseBatch(network, count, step);
      await engine.train(batch, 0.003, { seed: 0, indices: [0, 1, 2, 3], step });
      if (step % 5 === 0) expect(await engine.nats(batch)).toHaveLength(count);
      held.push(client.liveBuffers);
    }
    expect(held[99]).toBe(held[9]);
    await engine.dispose();
    expect(client.liveBuffers).toBe(0);
  });

  it("is no more than 8 MB larger at step 2,000 than at step 200", () => {
    const program = fileURLToPath(new URL("support/train-and-weigh.ts", import.meta.url));
    // By itself V8's young generation grows to what it may have, which is more than is looked for.
    const words = ["--expose-gc", "--max-semi-space-size=1", "--import", "tsx", program];
    const { stdout, stderr, status } = spawnSync(process.execPath, words, { encoding: "utf8" });
    expect(status, stderr).toBe(0);
    const [early, late] = JSON.parse(stdout) as [number, number];
    expect(late - early).toBeLessThanOrEqual(8e6);
  });

  it("refuses a step that is not finite and keeps the weights as they were", async () => {
    const network = networkOf(cases[4]!);
    const engine = await XlaEngine.start(client, initialise(network, 1), adam);
    const batch = noiseBatch(network, 4, 1);
    const dropout = { seed: 0, indices: [0, 1, 2, 3], step: 1 };
    const vectors = await engine.vectors();
    const broken = {
      ...vectors,
      weights: vectors.weights.map((value, index) => (index === 5 ? Number.NaN : value)),
    };
    await engine.restore(7, broken);
    await expect(engine.train(batch, 0.003, dropout)).rejects.toThrow(
      "expected a finite loss at step 8, got NaN",
    );
    expect(engine.step).toBe(7);
    expect(await engine.vectors()).toEqual(broken);
    await engine.restore(7, vectors);
    await engine.train(batch, 0.003, dropout);
    expect(engine.step).toBe(8);
    await engine.dispose();
  });
});
