import type { Network } from "@pixelcnn/core";
import { initialise } from "@pixelcnn/core/training";
import type { Client } from "@pixelcnn/pjrt";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { adam, cases, networkOf, noiseBatch } from "../../core/test/support/small-trainings.ts";
import { XlaEngine } from "../src/index.ts";
import { pluginPath, startClient } from "./support/client.ts";

describe.skipIf(!pluginPath)("a batch divided among devices", () => {
  let client: Client;
  beforeAll(async () => {
    client = await startClient();
  });
  afterAll(() => client.dispose());

  /** Trains from the start, twice: what each step tells, and the vectors in the end. Batches of 8 divide by 2 and 4, those of 3 do not. */
  async function trainTwice(network: Network, devices: number) {
    const engine = await XlaEngine.start(client, initialise(network, 3), adam, { devices });
    const start = await engine.vectors();
    const runs = [];
    for (let run = 0; run < 2; run++) {
      await engine.restore(0, start);
      const told = [];
      for (let step = 1; step <= 6; step++) {
        const count = step % 3 === 0 ? 3 : 8;
        const indices = Array.from({ length: count }, (_, picture) => 100 * step + picture);
        told.push(await engine.train(noiseBatch(network, count, step), 0.003, { seed: 5, indices, step }));
      }
      runs.push({ told, vectors: await engine.vectors() });
    }
    await engine.dispose();
    expect(runs[1]).toEqual(runs[0]);
    return runs[0]!.told;
  }

  // Batch norm over all devices with dropout and classes, and colours with masks.
  it.each([
    { label: "two and four devices, batch norm", index: 1, counts: [2, 4] },
    { label: "two devices, masked colours", index: 3, counts: [2] },
  ])("follows the single device, and repeats itself bit for bit: $label", async ({ index, counts }) => {
    expect(client.devices.length).toBeGreaterThanOrEqual(4);
    const network = networkOf(cases[index]!);
    const alone = await trainTwice(network, 1);
    for (const devices of counts) {
      const shared = await trainTwice(network, devices);
      expect(shared[0]!.gradientNorm / alone[0]!.gradientNorm).toBeCloseTo(1, 5);
      shared.forEach(({ nats }, step) => {
        expect(nats / alone[step]!.nats, `nats of step ${step + 1}`).toBeCloseTo(1, 4);
      });
    }
    expect(client.liveBuffers).toBe(0);
  });

  it("asks for no more devices than there are", async () => {
    const model = initialise(networkOf(cases[0]!), 1);
    await expect(XlaEngine.start(client, model, adam, { devices: 1000 })).rejects.toThrow(
      /as many as there are, got 1000/,
    );
  });
});
