import { beforeAll, expect, it, vi } from "vitest";
import { useBackend } from "../support/backends.ts";
import { eventsOf, smallDataset, smallNetwork, trainOptions } from "./support/small-training.ts";

const hidden = vi.hoisted(() => {
  // A hidden page never paints, so it never calls back. TensorFlow.js looks for this when it is loaded.
  const requestAnimationFrame = vi.fn(() => 0);
  Object.assign(globalThis, { requestAnimationFrame });
  return { requestAnimationFrame };
});
beforeAll(() => useBackend("cpu"));

const picture = { height: 3, width: 3, channels: 1, levels: 2 };

it("steps, evaluates and draws samples without a frame being painted", { timeout: 10_000 }, async () => {
  const options = trainOptions(picture, { steps: 2 }, { sampleCount: 1 });
  const events = await eventsOf(smallNetwork("naive", { picture }), smallDataset({ picture }), options);
  expect(events.map(({ type }) => type)).toEqual([
    ...["step", "step", "checkpoint", "evaluation", "samples", "done"],
  ]);
  expect(hidden.requestAnimationFrame).not.toHaveBeenCalled();
});
