/** (state, action) → state and effects: the whole behaviour of the app, without a terminal. */
import { updateDevices } from "../devices/state.ts";
import { updateRuns } from "../runs/state.ts";
import { addBeside, fitTogether, updateTogether } from "../sampling/side-by-side.ts";
import { type SampleState, updateSample } from "../sampling/state.ts";
import { stylesOf } from "../terminal/capabilities.ts";
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
      return just(withSamples(state, updateTogether([state.sample, ...state.beside], action)));
    case "beside": {
      const { index, action: one } = action;
      const beside = state.beside.map((sample, i) => (i === index ? updateSample(sample, one) : sample));
      return just({ ...state, beside });
    }
    case "add-beside":
      return just(withSamples(state, addBeside([state.sample, ...state.beside], action.path)));
    case "drop-beside":
      return just({ ...state, beside: state.beside.slice(0, -1) });
    case "graphics": {
      const capabilities = { ...state.capabilities, graphics: action.graphics };
      // Whoever has chosen a style already keeps it.
      const isFirst = state.sample.style === stylesOf(state.capabilities)[0];
      const better = isFirst ? stylesOf(capabilities)[0]! : state.sample.style;
      return apply({ ...state, capabilities }, { type: "style", style: better });
    }
    case "resize":
      return just({ ...state, size: action.size });
    case "message":
      return just({ ...state, message: action.text });
    case "models-listed":
      return just(
        state.overlay?.type === "models"
          ? { ...state, overlay: opened(state, state.overlay, action.list) }
          : state,
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
    case "run-removed": {
      // A list that is as it was gives the same state: then nothing is drawn.
      const runs = updateRuns(state.runs, action);
      return just(runs === state.runs ? state : { ...state, runs });
    }
    default:
      return just(withSamples(state, updateTogether([state.sample, ...state.beside], action)));
  }
}

/** As many pictures as fit now, of every model as many. */
function refit(state: AppState): AppState {
  const samples = [state.sample, ...state.beside];
  const counts = samples.map((sample) => {
    const grid = sampleGrid(state, sampleKeys, sample);
    return grid === null ? null : grid.across * grid.down;
  });
  return withSamples(state, fitTogether(samples, counts));
}

function withSamples(state: AppState, [sample, ...beside]: readonly SampleState[]): AppState {
  const isSame =
    sample === state.sample &&
    beside.length === state.beside.length &&
    beside.every((one, i) => one === state.beside[i]);
  return isSame ? state : { ...state, sample: sample!, beside };
}

function opened(
  { sample }: AppState,
  overlay: Extract<AppState["overlay"], { type: "models" }>,
  list: Extract<AppAction, { type: "models-listed" }>["list"],
) {
  const at = Math.max(
    0,
    list.findIndex(({ path }) => path === sample.path),
  );
  return { ...overlay, list, at };
}

function just(state: AppState): Updated {
  return { state, effects: [] };
}
