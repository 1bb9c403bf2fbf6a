import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { type AppAction, type AppState, initialState } from "../src/app/state.ts";
import { update } from "../src/app/update.ts";
import { Frames, frameOf } from "./support/frame.tsx";

const SIDE = 8;
const POSITIONS = SIDE * SIDE;

const act = (state: AppState, ...actions: AppAction[]) =>
  actions.reduce((before, action) => update(before, action).state, state);

function started(size: AppState["size"]): AppState {
  const path = "/models/tiny.safetensors";
  const capabilities = { colour: 24, unicode: true, graphics: null } as const;
  const picture = { width: SIDE, height: SIDE, channels: 3, levels: 16 };
  return act(initialState({ path, runsRoot: "/runs", size, capabilities, view: "sample" }), {
    ...{
      type: "model-loaded",
      path,
      info: { picture, classes: 0, classNames: null, weights: 1, dataset: "noise" },
    },
  });
}

/** Noise, another one in every batch, drawn as far as `position`; what is not drawn yet is 0. */
function drawn(state: AppState, batch: number, position: number): AppAction {
  const { count, drawing } = state.sample;
  const values = POSITIONS * 3;
  const pixels = new Uint8Array(count * values);
  for (let i = 0; i < pixels.length; i++) {
    if (i % values < position * 3) pixels[i] = ((i * 40503 + batch * 30011) >>> 5) % 16;
  }
  const logProbabilities = Float32Array.from(pixels, (level) => -level / 4);
  const figures = { drawnPositions: batch * POSITIONS + position, busyMs: 10 + position };
  return {
    ...{ type: "frame", id: drawing },
    frame: { batch, first: 0, count, position, pixels, logProbabilities, sampler: "noise", ...figures },
  };
}

test("a frame after others is the frame of its state alone", () => {
  let state = started({ columns: 60, rows: 20 });
  const screen = new Frames(state);
  const go = (...actions: AppAction[]) => {
    state = act(state, ...actions);
    screen.show(state);
    expect(screen.frame).toBe(frameOf(state));
  };
  const key = (name: string) => ({ type: "key", key: name }) as const;
  const step = { type: "tick", ms: 1000 / 64 } as const;
  for (const name of ["a", "a", "a", "u"]) {
    // Some positions at once, and one at a time across the end of a line.
    for (const position of [6, 16, 18]) {
      go(drawn(state, 0, Math.min(POSITIONS, position)));
      for (let i = 0; i < 2; i++) go(step);
    }
    go(key(name));
  }
  go(drawn(state, 0, POSITIONS), key(">"));
  // The same places, other pictures.
  go(key("n"), { type: "seed", seed: 1 });
  go(drawn(state, 0, 9));
  go(drawn(state, 1, POSITIONS), key(">"));
  go(key("k"));
  go(key("escape"));
  go({ type: "resize", size: { columns: 40, rows: 12 } });
  go(drawn(state, 0, 30));
  go({ type: "resize", size: { columns: 13, rows: 7 } });
  go(drawn(state, 0, 30));
  screen.close();
});

test("frames that were shown are not kept", () => {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  const heapMb = () => {
    collect();
    return process.memoryUsage().heapUsed / 1e6;
  };
  let state = started({ columns: 120, rows: 40 });
  const screen = new Frames(state);
  const play = (from: number, frames: number) => {
    for (let i = from; i < from + frames; i++) {
      const [batch, position] = [Math.floor(i / POSITIONS), i % POSITIONS];
      state = act(state, drawn(state, batch, position + 1), { type: "key", key: "." });
      screen.show(state);
    }
  };
  play(0, 30);
  const before = heapMb();
  play(30, 70);
  // A frame here is 60 kB of text.
  expect(heapMb() - before).toBeLessThan(2);
  screen.close();
});
