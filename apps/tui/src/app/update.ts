/** (state, action) → state and effects: the whole behaviour of the app, without a terminal. */
import { updateDevices } from "../devices/state.ts";
import { updateRuns } from "../runs/state.ts";
import { updateSample } from "../sampling/state.ts";
import { sampleKeys } from "./keys.ts";
import { sampleGrid } from "./layout.ts";
import { pressKey } from "./press-key.ts";
import type { AppAction, AppState, Updated } from "./state.ts";
import { newTopRows } from "./top-rows.ts";

export function update(state: AppState, action: AppAction): Updated {
  const { state: changed, effects } = apply(state, action);
  return { state: refit(changed), effects };
}

function apply(state: AppState, action: AppAction): Updated {
  switch (action.type) {
    case "key":
      return pressKey({ ...state, message: "" }, action.key, apply);
    case "tick":
      if (state.view !== "sample" || !state.sample.playing) return just(state);
      return just({ ...state, sample: updateSample(state.sample, action) });
    case "resize":
      return just({ ...state, size: action.size });
    case "message":
      return just({ ...state, message: action.text });
    case "models-listed":
      return just(
        state.overlay?.type === "models" ? { ...state, overlay: opened(state, action.list) } : state,
      );
    case "datasets-listed":
      return just({ ...state, datasets: action.names });
    case "devices-read":
    case "engine-tried":
      return just({ ...state, devices: updateDevices(state.devices, action) });
    case "scroll-devices":
      return just({ ...state, devicesTop: Math.max(0, state.devicesTop + action.by) });
    case "picture-read": {
      const { info } = state.sample;
      if (info === null) return just(state);
      return just({ ...state, overlay: { type: "top-rows", top: newTopRows(info.picture, action.known) } });
    }
    case "runs-listed":
    case "run-told":
    case "run-unreadable":
    case "sheet-read":
    case "noise-read":
    case "select-run":
    case "select-named-run":
    case "mark-run":
    case "scrub":
    case "curve":
    case "smoothing":
    case "logarithmic":
    case "panes":
    case "cursor":
    case "sort":
    case "reverse":
    case "mark-all":
    case "filter":
    case "search":
    case "next-match":
    case "clear":
    case "run-renamed":
    case "run-removed":
      return just({ ...state, runs: updateRuns(state.runs, action) });
    default:
      return just({ ...state, sample: updateSample(state.sample, action) });
  }
}

/** As many pictures as fit now. */
function refit(state: AppState): AppState {
  const grid = sampleGrid(state, sampleKeys);
  if (grid === null) return state;
  const sample = updateSample(state.sample, { type: "fit", count: grid.across * grid.down });
  return sample === state.sample ? state : { ...state, sample };
}

function opened({ sample }: AppState, list: Extract<AppAction, { type: "models-listed" }>["list"]) {
  const at = Math.max(
    0,
    list.findIndex(({ path }) => path === sample.path),
  );
  return { type: "models", list, at } as const;
}

function just(state: AppState): Updated {
  return { state, effects: [] };
}
