import { expect, test } from "vitest";
import type { DrawnFrame } from "../src/sampling/messages.ts";
import { speeds } from "../src/sampling/speeds.ts";
import {
  allowedPositions,
  HOLD_MS,
  initialSample,
  type SampleAction,
  type SampleState,
  shownPositions,
  updateSample,
} from "../src/sampling/state.ts";

const info = {
  picture: { width: 4, height: 4, channels: 1, levels: 2 },
  classes: 3,
  classNames: null,
  weights: 10,
  dataset: "glyphs",
};

function run(state: SampleState, ...actions: SampleAction[]): SampleState {
  return actions.reduce(updateSample, state);
}

const loaded = run(
  initialSample("m", "ascii"),
  { type: "model-loaded", path: "m", info },
  { type: "fit", count: 2 },
);

function frame(batch: number, position: number, rest: Partial<DrawnFrame> = {}): DrawnFrame {
  return {
    ...{ batch, first: batch * 2, count: 2, position, pixels: new Uint8Array(32), logProbabilities: null },
    ...{ sampler: "incremental", drawnPositions: 0, busyMs: 0 },
    ...rest,
  };
}

function frameOf(state: SampleState, ...which: Parameters<typeof frame>): SampleAction {
  return { type: "frame", id: state.drawing, frame: frame(...which) };
}

const FULL = speeds.length - 1;

test("what is shown grows at the speed that was chosen, and no further than what is drawn", () => {
  const state = run({ ...loaded, speed: 2 }, frameOf(loaded, 0, 8), { type: "tick", ms: 250 });
  expect(speeds[2]).toBe(16);
  expect(shownPositions(state)).toBe(4);
  expect(shownPositions(run(state, { type: "tick", ms: 10_000 }))).toBe(8);
});

test("the thread may draw a little ahead, and into the next batch only when this one was seen", () => {
  const slow = run({ ...loaded, speed: 0 }, frameOf(loaded, 0, 4));
  expect(allowedPositions(slow)).toBe(1);
  const finished = run({ ...loaded, speed: 5 }, frameOf(loaded, 0, 16), { type: "tick", ms: 1000 });
  expect([shownPositions(finished), allowedPositions(finished)]).toEqual([16, 16]);
  const held = run(finished, { type: "tick", ms: HOLD_MS - 1 }, { type: "tick", ms: 1 });
  expect(allowedPositions(held)).toBe(16);
  const next = run(held, { type: "tick", ms: 1 });
  expect(allowedPositions(next)).toBeGreaterThan(16);
  // The finished pictures stay until the next ones begin.
  expect(shownPositions(next)).toBe(16);
  expect(shownPositions(run(next, frameOf(next, 1, 4)))).toBe(0);
});

test("at full speed nothing holds the thread, and a pause keeps what was shown", () => {
  const full = run({ ...loaded, speed: FULL }, frameOf(loaded, 0, 8));
  expect([shownPositions(full), allowedPositions(full)]).toEqual([8, Number.POSITIVE_INFINITY]);
  const later = run(full, frameOf(full, 3, 12));
  expect(later).toMatchObject({ batch: 3, shown: 12 });
  const paused = run(later, { type: "play-pause" });
  expect(allowedPositions(paused)).toBe(3 * 16 + 13);
  // A frame that was on its way shows no more; one of a later batch is all there is to show.
  expect(shownPositions(run(paused, frameOf(paused, 3, 16)))).toBe(12);
  expect(shownPositions(run(paused, frameOf(paused, 4, 4)))).toBe(4);
});

test("steps pause, and go by pixel, row and picture into the next batch", () => {
  const by = (state: SampleState, by: "pixel" | "row" | "pictures") => run(state, { type: "step", by });
  let state = by(run(loaded, frameOf(loaded, 0, 16)), "pixel");
  expect([state.playing, state.shown]).toEqual([false, 1]);
  state = by(state, "row");
  expect(state.shown).toBe(4);
  state = by(by(state, "row"), "pictures");
  expect([state.batch, state.shown]).toEqual([0, 16]);
  state = by(state, "pixel");
  expect([state.batch, state.shown, allowedPositions(state)]).toEqual([1, 1, 18]);
});

test("a new seed, temperature, class, sampler or top begins anew; what was on its way is passed over", () => {
  const before = run(loaded, frameOf(loaded, 2, 16));
  const actions: SampleAction[] = [
    { type: "seed", seed: 7 },
    { type: "temperature", by: 1 },
    { type: "class", by: 1 },
    { type: "sampler", sampler: "naive" },
    { type: "complete", known: { levels: new Uint8Array(16), mask: new Uint8Array(16) } },
  ];
  for (const action of actions) {
    const after = run(before, action);
    expect(after).toMatchObject({ drawing: before.drawing + 1, first: 0, batch: 0, shown: 0, frame: null });
    expect(run(after, frameOf(before, 2, 16)).frame, action.type).toBe(null);
  }
});

test("surprise and a new window size draw the same pictures again, as far as they were", () => {
  const before = run(loaded, frameOf(loaded, 2, 9));
  for (const action of [{ type: "surprise" }, { type: "fit", count: 5 }] as const) {
    expect(run(before, action)).toMatchObject({ drawing: before.drawing + 1, first: 4, batch: 0, shown: 9 });
  }
  expect(run(before, { type: "fit", count: 2 })).toBe(before);
});

test("classes go round with all of them between the last and the first", () => {
  const labels: (number | null)[] = [];
  let state = loaded;
  for (let i = 0; i < 5; i++) {
    state = run(state, { type: "class", by: 1 });
    labels.push(state.classLabel);
  }
  expect(labels).toEqual([0, 1, 2, null, 0]);
  expect(run(loaded, { type: "class", by: -1 }).classLabel).toBe(2);
});

test("temperature stays in 0 ... 3, in clean tenths", () => {
  const down = Array.from({ length: 15 }, () => ({ type: "temperature", by: -1 }) as const);
  expect(run(loaded, ...down.slice(0, 7)).temperature).toBe(0.3);
  expect(run(loaded, ...down).temperature).toBe(0);
  const up = Array.from({ length: 25 }, () => ({ type: "temperature", by: 1 }) as const);
  expect(run(loaded, ...up).temperature).toBe(3);
});

test("another model keeps seed, speed and sampler; a failure is of the model that is wanted", () => {
  const before = run(
    { ...loaded, seed: 9, speed: 1, sampler: "scalar" },
    { type: "open-model", path: "other" },
  );
  expect(before).toMatchObject({ path: "other", seed: 9, speed: 1, sampler: "scalar", info: null, count: 0 });
  expect(run(before, { type: "model-failed", path: "m", message: "late" }).failure).toBe(null);
  expect(run(before, { type: "model-failed", path: "other", message: "damaged" }).failure).toBe("damaged");
});
