import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { SamplingThread } from "../src/sampling/sampling-thread.ts";
import { initialSample, type SampleAction, type SampleState, updateSample } from "../src/sampling/state.ts";
import { temporaryFolder } from "./support/fixtures.ts";

const path = join(temporaryFolder(), "deaths");
const info = {
  picture: { width: 4, height: 4, channels: 1, levels: 2 },
  ...{ classes: 0, classNames: null, weights: 1, dataset: "none" },
};

let thread: SamplingThread;
afterEach(() => thread.close());

/** The state that the thread is told of, as the app does. */
function running(deaths: number) {
  writeFileSync(path, "x".repeat(deaths));
  thread = new SamplingThread(new URL("./support/mortal-thread.mjs", import.meta.url));
  const said: string[] = [];
  let state: SampleState = initialSample(path, "ascii");
  const dispatch = (action: SampleAction) => {
    state = updateSample(state, action);
    thread.sync(state);
  };
  thread.listen({ dispatch, onPicture: () => {}, onRestart: (message) => said.push(message) });
  dispatch({ type: "model-loaded", path, info });
  dispatch({ type: "fit", count: 2 });
  return { said, dispatch, state: () => state };
}

test("another one draws the same pictures, and a line says so", async () => {
  const { said, state } = running(2);
  await vi.waitFor(() => expect(state().frame).not.toBe(null), 10_000);
  expect(said).toEqual(Array(2).fill("the drawing thread died (of a fault) and was started again"));
  expect(state().failure).toBe(null);
});

test("what kills every thread is given up, and what comes after it is drawn", async () => {
  const { said, state, dispatch } = running(0);
  dispatch({ type: "seed", seed: 13 });
  await vi.waitFor(() => expect(state().failure).not.toBe(null), 10_000);
  expect(state().failure).toMatch(/^the drawing thread died 4 times within a minute: of a fault$/);
  expect(said).toHaveLength(3);
  dispatch({ type: "seed", seed: 1 });
  await vi.waitFor(() => expect(state().frame).not.toBe(null), 10_000);
  expect(state().failure).toBe(null);
});
