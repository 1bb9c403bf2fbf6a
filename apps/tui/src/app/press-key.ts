/** What a key does: first in what lies over the view, then in the view. */
import { join } from "node:path";
import { layout } from "@pixelcnn/runs";
import { amountOf, extensionOf, resumeWords } from "../runs/extension.ts";
import { selectedRun } from "../runs/state.ts";
import { formTrouble, newForm, pressInForm, runNameFor, trainWords } from "../runs/training-form.ts";
import { samplers } from "../sampling/samplers.ts";
import { stylesOf } from "../terminal/capabilities.ts";
import { boundTo, type Order, runKeys, sampleKeys } from "./keys.ts";
import type { AppAction, AppState, Effect, Overlay, Updated } from "./state.ts";
import { knownOf, newTopRows, pressInTopRows } from "./top-rows.ts";

type Apply = (state: AppState, action: AppAction) => Updated;

export function pressKey(state: AppState, key: string, apply: Apply): Updated {
  if (key === "ctrl-z") return { state, effects: [{ type: "suspend" }] };
  if (key === "ctrl-c") return { state, effects: [{ type: "quit" }] };
  if (state.overlay !== null) return pressInOverlay(state, state.overlay, key, apply);
  const bound = boundTo(state.view === "sample" ? sampleKeys : runKeys, key);
  if (bound === null) return just(state);
  if (bound.type === "class" && state.sample.info?.classes === 0) {
    return just({ ...state, message: "this model was trained without classes" });
  }
  return isOrder(bound) ? follow(state, bound, apply) : apply(state, bound);
}

const orders = {
  "other-view": true,
  help: true,
  quit: true,
  "new-seed": true,
  "type-seed": true,
  "pick-model": true,
  "pick-sampler": true,
  "edit-top-rows": true,
  "save-png": true,
  "next-style": true,
  "open-form": true,
  "stop-training": true,
  "resume-training": true,
  "draw-with-run": true,
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
      return just({ ...state, view: state.view === "sample" ? "runs" : "sample" });
    case "help":
      return over({ type: "help" });
    case "quit":
    case "save-png":
      return { state, effects: [order] };
    case "new-seed":
      return { state, effects: [{ type: "draw-seed" }] };
    case "type-seed":
      return over({ type: "prompt", asks: "seed", text: "" });
    case "pick-model":
      return over({ type: "models", list: null, at: 0 }, { type: "list-models" });
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
    case "open-form":
      return over({ type: "form", form: newForm(state.datasets) }, { type: "list-datasets" });
    default:
      return followRunOrder(state, order.type, apply);
  }
}

function followRunOrder(
  state: AppState,
  order: "stop-training" | "resume-training" | "draw-with-run",
  apply: Apply,
): Updated {
  const run = selectedRun(state.runs);
  if (run === null) return just({ ...state, message: withoutRun(state.runs) });
  const { name, directory, standing } = run;
  switch (order) {
    case "stop-training": {
      if (standing !== "training") return just({ ...state, message: `${name} is not being trained` });
      const effect = { type: "stop-training", directory, run: name } as const;
      return just({
        ...state,
        overlay: { type: "confirm", question: `Stop the training of ${name}?`, effect },
      });
    }
    case "resume-training": {
      const extension = standing === "finished" ? extensionOf(run) : null;
      if (extension !== null) return just({ ...state, overlay: { type: "extend", extension, text: "" } });
      if (standing !== "stopped" && standing !== "broken off") {
        return just({ ...state, message: `${name} is ${standing}: nothing to go on with` });
      }
      return goingOn(state, name, resumeWords(directory));
    }
    case "draw-with-run":
      if (!run.hasModel) {
        const when = standing === "training" ? " yet: it comes with the first checkpoint" : "";
        return just({ ...state, message: `${name} has no model to draw with${when}` });
      }
      return apply({ ...state, view: "sample" }, { type: "open-model", path: layout.model(directory) });
    default:
      return order satisfies never;
  }
}

function withoutRun({ list, selected }: AppState["runs"]): string {
  if (list === null) return "the runs are still being read";
  return selected === null ? "there is no run; t starts one" : `${selected} is not there yet`;
}

function pressInOverlay(state: AppState, overlay: Overlay, key: string, apply: Apply): Updated {
  const closed = { ...state, overlay: null };
  if (key === "escape") return just(closed);
  switch (overlay.type) {
    case "help":
      return key === "q" || key === "?" || key === "enter" ? just(closed) : just(state);
    case "confirm":
      return key === "y" || key === "enter"
        ? { state: closed, effects: [overlay.effect] }
        : just(key === "n" || key === "q" ? closed : state);
    case "prompt":
      return pressInPrompt(state, overlay, key, apply);
    case "extend":
      return pressInExtension(state, overlay, key);
    case "models": {
      if (key === "q") return just(closed);
      const { list, at } = overlay;
      if (key !== "enter")
        return just({ ...state, overlay: { ...overlay, at: moved(at, key, list?.length ?? 0) } });
      const model = list?.[at];
      return model === undefined ? just(closed) : apply(closed, { type: "open-model", path: model.path });
    }
    case "samplers": {
      if (key === "q") return just(closed);
      const at = moved(overlay.at, key, samplers.length);
      if (key !== "enter") return just({ ...state, overlay: { ...overlay, at } });
      return apply(closed, { type: "sampler", sampler: samplers[at]!.name });
    }
    case "top-rows":
      if (key === "enter") return apply(closed, { type: "complete", known: knownOf(overlay.top) });
      if (key === "n") return apply(closed, { type: "complete", known: null });
      if (key === "l") return just({ ...state, overlay: { type: "prompt", asks: "picture", text: "" } });
      return just({ ...state, overlay: { ...overlay, top: pressInTopRows(overlay.top, key) } });
    case "form":
      return pressInTrainingForm(state, overlay, key);
    default:
      return overlay satisfies never;
  }
}

function pressInPrompt(
  state: AppState,
  overlay: Extract<Overlay, { type: "prompt" }>,
  key: string,
  apply: Apply,
): Updated {
  const { asks, text } = overlay;
  const closed = { ...state, overlay: null };
  if (key !== "enter") return just({ ...state, overlay: { ...overlay, text: typed(text, key) } });
  if (text === "") return just(closed);
  if (asks === "picture") {
    const rows = Math.ceil((state.sample.info?.picture.height ?? 2) / 2);
    return { state: closed, effects: [{ type: "read-picture", path: text, rows }] };
  }
  const seed = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(seed)) return apply(closed, { type: "seed", seed });
  return just({
    ...state,
    message: `expected a whole number from 0 to ${Number.MAX_SAFE_INTEGER}, got ${text}`,
  });
}

function pressInExtension(
  state: AppState,
  overlay: Extract<Overlay, { type: "extend" }>,
  key: string,
): Updated {
  const { extension, text } = overlay;
  const { run, directory, unit } = extension;
  if (key !== "enter") return just({ ...state, overlay: { ...overlay, text: typed(text, key) } });
  if (text === "") return just({ ...state, overlay: null });
  const more = amountOf(text, unit);
  if (more === null) {
    const expected = unit === "minutes" ? "a number of minutes above 0" : `a whole number of ${unit} above 0`;
    return just({ ...state, message: `expected ${expected}, got ${text}` });
  }
  return goingOn({ ...state, overlay: null }, run, resumeWords(directory, extension, more));
}

function goingOn(state: AppState, run: string, words: readonly string[]): Updated {
  const effect = { type: "start-training", words, run } as const;
  return { state: { ...state, message: `going on with ${run}` }, effects: [effect] };
}

function pressInTrainingForm(
  state: AppState,
  overlay: Extract<Overlay, { type: "form" }>,
  key: string,
): Updated {
  if (key === "q") return just({ ...state, overlay: null });
  if (key !== "enter")
    return just({ ...state, overlay: { ...overlay, form: pressInForm(overlay.form, key) } });
  const trouble = formTrouble(overlay.form);
  if (trouble !== null) return just({ ...state, message: trouble });
  const run = runNameFor(
    overlay.form,
    (state.runs.list ?? []).map(({ name }) => name),
  );
  const words = trainWords(overlay.form, join(state.runsRoot, run));
  return {
    state: {
      ...state,
      overlay: null,
      message: `starting ${run}`,
      runs: { ...state.runs, selected: run, scrub: null },
    },
    effects: [{ type: "start-training", words, run }],
  };
}

function typed(text: string, key: string): string {
  if (key === "backspace") return text.slice(0, -1);
  const character = key === "space" ? " " : key;
  return [...character].length === 1 ? text + character : text;
}

function moved(at: number, key: string, length: number): number {
  const step = key === "up" ? -1 : key === "down" ? 1 : 0;
  return Math.max(0, Math.min(length - 1, at + step));
}

function just(state: AppState): Updated {
  return { state, effects: [] };
}
