/** The run view with three runs listed, and how keys and actions change it. */
import { type AppAction, type AppState, initialState } from "../../src/app/state.ts";
import { update } from "../../src/app/update.ts";
import { runStatus } from "./fixtures.ts";

export const list = [
  runStatus("glyphs-10", { testNats: 70, config: { dataset: "glyphs", model: "gated", layers: 3 } }),
  runStatus("glyphs-2", { testNats: null, standing: "training", config: { dataset: "glyphs", layers: 12 } }),
  runStatus("digits", {
    ...{ testNats: 60, backend: "cuda", beganMs: null },
    config: { dataset: "mnist", model: "pixelcnn", optimiser: { rate: 0.002, name: "Adam" } },
  }),
];

export const press = (...keys: string[]): AppAction[] => keys.map((key) => ({ type: "key", key }));

export function act(state: AppState, ...actions: AppAction[]): AppState {
  return actions.reduce((before, action) => update(before, action).state, state);
}

export const opened = act(
  initialState({
    ...{ path: "m", runsRoot: "/runs", size: { columns: 80, rows: 24 }, view: "runs" },
    capabilities: { colour: 0, unicode: true, graphics: null },
  }),
  { type: "runs-listed", list },
);
