/** What a key does: first in what lies over the view, then in the view. */
import { isTrying } from "../devices/state.ts";
import { matches } from "../runs/run-query.ts";
import { listedRuns } from "../runs/run-selection.ts";
import { newForm } from "../runs/training-form.ts";
import { samplers } from "../sampling/samplers.ts";
import { MOST_BESIDE } from "../sampling/side-by-side.ts";
import { stylesOf } from "../terminal/capabilities.ts";
import { boundTo, type Order, viewKeys } from "./keys.ts";
import { pressInOverlay } from "./press-in-overlay.ts";
import { followRunOrder } from "./run-orders.ts";
import { type Apply, type AppState, type Effect, type Overlay, type Updated, views } from "./state.ts";
import { newTopRows } from "./top-rows.ts";

export function pressKey(state: AppState, key: string, apply: Apply): Updated {
  if (key === "ctrl-z") return { state, effects: [{ type: "suspend" }] };
  if (key === "ctrl-c") return { state, effects: [{ type: "quit" }] };
  if (state.overlay !== null) return pressInOverlay(state, state.overlay, key, apply);
  const bound = boundTo(viewKeys[state.view], key);
  if (bound === null) return just(state);
  if (bound.type === "class" && state.sample.info?.classes === 0) {
    return just({ ...state, message: "this model was trained without classes" });
  }
  if (bound.type === "next-match" && !listedRuns(state.runs).some((run) => matches(state.runs.search, run)))
    return just({ ...state, message: `no run fits "${state.runs.search}"` });
  return isOrder(bound) ? follow(state, bound, apply) : apply(state, bound);
}

const orders = {
  "other-view": true,
  help: true,
  quit: true,
  "new-seed": true,
  "type-seed": true,
  "pick-model": true,
  "pick-beside": true,
  "drop-beside": true,
  "draw-beside": true,
  "pick-sampler": true,
  "edit-top-rows": true,
  "save-png": true,
  "next-style": true,
  "try-engines": true,
  "open-form": true,
  "stop-training": true,
  "resume-training": true,
  "draw-with-run": true,
  "type-query": true,
  "toggle-panes": true,
  "compare-configs": true,
  "show-noise": true,
  "rename-run": true,
  "remove-run": true,
  "restore-run": true,
} satisfies Record<Order["type"], true>;

function isOrder(bound: { readonly type: string }): bound is Order {
  return bound.type in orders;
}

function follow(state: AppState, order: Order, apply: Apply): Updated {
  const { sample } = state;
  const over = (overlay: Overlay, ...effects: Effect[]) => ({ state: { ...state, overlay }, effects });
  const say = (message: string) => just({ ...state, message });
  switch (order.type) {
    case "other-view":
      return just({ ...state, view: views[(views.indexOf(state.view) + 1) % views.length]! });
    case "help":
      return over({ type: "help", text: "", top: 0 });
    case "quit":
    case "save-png":
      return { state, effects: [order] };
    case "new-seed":
      return { state, effects: [{ type: "draw-seed" }] };
    case "type-seed":
      return over({ type: "prompt", asks: "seed", text: "" });
    case "pick-model":
      return over({ type: "models", list: null, at: 0, isBeside: false }, { type: "list-models" });
    case "pick-beside":
      if (state.beside.length === MOST_BESIDE)
        return say(`${MOST_BESIDE + 1} models are the most; B drops one`);
      return over({ type: "models", list: null, at: 0, isBeside: true }, { type: "list-models" });
    case "drop-beside":
      return apply(state, order);
    case "pick-sampler":
      return over({ type: "samplers", at: samplers.findIndex(({ name }) => name === sample.sampler) });
    case "edit-top-rows":
      if (sample.info === null) return say("there is no model to complete with yet");
      return over({ type: "top-rows", top: newTopRows(sample.info.picture, sample.known) });
    case "next-style": {
      const styles = stylesOf(state.capabilities);
      return apply(state, {
        type: "style",
        style: styles[(styles.indexOf(sample.style) + 1) % styles.length]!,
      });
    }
    case "try-engines":
      if (isTrying(state.devices)) return say("they are being tried");
      return { state, effects: [order] };
    case "open-form":
      return over({ type: "form", form: newForm(state.datasets) }, { type: "list-datasets" });
    case "type-query": {
      const { selected, filter, search, scrub } = state.runs;
      const text = order.asks === "filter" ? filter : "";
      return over({ type: "query", asks: order.asks, text, before: { selected, filter, search, scrub } });
    }
    case "toggle-panes":
      // What the window decides first is not known here: the first key shows them.
      return apply(state, { type: "panes", shown: state.runs.panes !== true });
    case "restore-run":
      return { state, effects: [order] };
    default:
      return followRunOrder(state, order.type, apply);
  }
}

function just(state: AppState): Updated {
  return { state, effects: [] };
}
