import { expect, test } from "vitest";
import { type AppState, initialState } from "../src/app/state.ts";
import { Store } from "../src/app/store.ts";

const start = () =>
  initialState({
    path: "m",
    runsRoot: "runs",
    view: "sample",
    size: { columns: 80, rows: 24 },
    capabilities: { colour: 0, unicode: true, graphics: null },
  });

test("also where what a key asks for is done at once and changes the state again", () => {
  const told: AppState[] = [];
  const store: Store = new Store(
    start(),
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

test("a closed store changes nothing, and asks for nothing: a thread may still report when the app is on its way out", () => {
  const told: AppState[] = [];
  const effects: string[] = [];
  const store = new Store(
    start(),
    (effect) => effects.push(effect.type),
    (state) => told.push(state),
  );
  const before = store.state();
  store.close();
  store.dispatch({ type: "key", key: "n" });
  store.dispatch({ type: "message", text: "too late" });
  expect(store.state()).toBe(before);
  expect([...told, ...effects]).toEqual([]);
});
