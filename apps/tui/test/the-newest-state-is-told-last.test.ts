import { expect, test } from "vitest";
import { type AppState, initialState } from "../src/app/state.ts";
import { Store } from "../src/app/store.ts";

test("also where what a key asks for is done at once and changes the state again", () => {
  const told: AppState[] = [];
  const store: Store = new Store(
    initialState({
      path: "m",
      runsRoot: "runs",
      view: "sample",
      size: { columns: 80, rows: 24 },
      capabilities: { colour: 0, unicode: true, graphics: null },
    }),
    (effect) => {
      if (effect.type === "draw-seed") store.dispatch({ type: "seed", seed: 123 });
    },
    (state) => told.push(state),
  );
  store.dispatch({ type: "key", key: "n" });
  expect(store.state().sample.seed).toBe(123);
  // A thread that heard of the older state last would draw what nobody waits for.
  expect(told.at(-1)).toBe(store.state());
});
