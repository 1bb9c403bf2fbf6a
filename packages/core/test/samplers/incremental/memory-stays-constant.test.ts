import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import type { LevelArray } from "../../../src/picture.ts";
import type { Sampler } from "../../../src/samplers/sampler.ts";
import { sample } from "../../../src/sampling/sample.ts";
import { randomModel } from "../../support/random-model.ts";
import { incrementalSamplers } from "../../support/samplers.ts";

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

const picture = { height: 6, width: 6, channels: 1, levels: 2 };
const model = randomModel("gated", { picture, channels: 16, layers: 4 });
const KILOBYTE = 2 ** 10;
const MEGABYTE = 2 ** 20;

/**
 * Bytes outside the collected heap (WebAssembly memories and typed arrays) that something still holds. Threads of their own free what a
 * collection found, and take their time where a machine is busy: it is over when collections find nothing more.
 */
async function heldBytes(): Promise<number> {
  let held = Number.POSITIVE_INFINITY;
  for (let idle = 0; idle < 4; idle++) {
    await new Promise((resolve) => setTimeout(resolve, 10));
    collectGarbage();
    const { external, arrayBuffers } = process.memoryUsage();
    if (external + arrayBuffers < held - KILOBYTE) idle = 0;
    held = Math.min(held, external + arrayBuffers);
  }
  return held;
}

async function draw(sampler: Sampler, count: number, batchSize: number): Promise<void> {
  for await (const _ of sample(model, { count, batchSize, sampler }));
}

async function stopAtFirstFrame(sampler: Sampler, batchSize: number): Promise<void> {
  for await (const _ of sample(model, { count: batchSize, batchSize, sampler })) break;
}

describe.each(Object.entries(incrementalSamplers))("%s", (name, sampler) => {
  it("the measure sees what a draw holds while it runs", async () => {
    await draw(sampler, 1, 1);
    const before = await heldBytes();
    const frames = sample(model, { count: 64, batchSize: 64, sampler });
    await frames.next();
    expect((await heldBytes()) - before).toBeGreaterThan(MEGABYTE);
    await frames.return();
  });

  it("1,000 pictures leave nothing behind", async () => {
    await draw(sampler, 16, 16);
    const before = await heldBytes();
    // The plain walk needs minutes for as many.
    await draw(sampler, name === "scalar" ? 20 : 1000, 16);
    expect((await heldBytes()) - before).toBeLessThan(MEGABYTE / 4);
  });

  it("a break after the first frame frees everything, however often", async () => {
    await stopAtFirstFrame(sampler, 64);
    const before = await heldBytes();
    for (let i = 0; i < 20; i++) await stopAtFirstFrame(sampler, i % 2 ? 64 : 3);
    expect((await heldBytes()) - before).toBeLessThan(MEGABYTE / 4);
  });

  it("draws of one model can run at the same time", async () => {
    const alone: number[] = [];
    for await (const frame of sample(model, { count: 5, seed: 3, sampler }))
      if (frame.complete) alone.push(...frame.pixels);
    const [one, two] = [
      sample(model, { count: 5, seed: 3, sampler }),
      sample(model, { count: 5, seed: 4, sampler }),
    ];
    let last: LevelArray | undefined;
    for (let frame = await one.next(); !frame.done; frame = await one.next()) {
      last = frame.value.pixels;
      await two.next();
    }
    await two.return();
    expect([...last!]).toEqual(alone);
  });
});
