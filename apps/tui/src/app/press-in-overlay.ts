/** What a key does in what lies over a view. */
import { join } from "node:path";
import { amountOf, resumeWords } from "../runs/extension.ts";
import { formTrouble, pressInForm, runNameFor, trainWords } from "../runs/training-form.ts";
import { samplers } from "../sampling/samplers.ts";
import { goingOn } from "./run-orders.ts";
import type { Apply, AppState, Overlay, Updated } from "./state.ts";
import { knownOf, pressInTopRows } from "./top-rows.ts";
import { typed } from "./typed.ts";

export function pressInOverlay(state: AppState, overlay: Overlay, key: string, apply: Apply): Updated {
  const closed = { ...state, overlay: null };
  if (key === "escape") return just(escaped(state, overlay));
  switch (overlay.type) {
    case "help":
      return just(pressInHelp(state, overlay, key));
    case "query":
      return pressInQuery(state, overlay, key, apply);
    case "rename":
      return pressInRenaming(state, overlay, key);
    case "noise":
      return pressInNoise(state, overlay, key, apply);
    case "difference":
      if (key === "q" || key === "enter" || key === "d") return just(closed);
      return just({ ...state, overlay: { ...overlay, top: scrolled(overlay.top, key) } });
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
      if (model === undefined) return just(closed);
      return apply(closed, { type: overlay.isBeside ? "add-beside" : "open-model", path: model.path });
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

/** What escape leaves: a query that was typed is as if it had not been, and a help that was searched is whole again. */
function escaped(state: AppState, overlay: Overlay): AppState {
  if (overlay.type === "help" && overlay.text !== "")
    return { ...state, overlay: { ...overlay, text: "", top: 0 } };
  const closed = { ...state, overlay: null };
  return overlay.type === "query" ? { ...closed, runs: { ...state.runs, ...overlay.before } } : closed;
}

/** Letters are searched for; the help is left by "?" only where that is not a part of a search. */
function pressInHelp(state: AppState, overlay: Extract<Overlay, { type: "help" }>, key: string): AppState {
  if (key === "enter" || (overlay.text === "" && key === "?")) return { ...state, overlay: null };
  const top = scrolled(overlay.top, key);
  const text = typed(overlay.text, key);
  return { ...state, overlay: text === overlay.text ? { ...overlay, top } : { type: "help", text, top: 0 } };
}

/** The list follows every letter. */
function pressInQuery(
  state: AppState,
  overlay: Extract<Overlay, { type: "query" }>,
  key: string,
  apply: Apply,
): Updated {
  if (key === "enter") return just({ ...state, overlay: null });
  const by = key === "up" ? -1 : key === "down" ? 1 : 0;
  if (by !== 0) {
    return apply(state, overlay.asks === "search" ? { type: "next-match", by } : { type: "select-run", by });
  }
  const text = typed(overlay.text, key);
  return apply({ ...state, overlay: { ...overlay, text } }, { type: overlay.asks, text });
}

/** Sideways through the epochs, up and down through the noises. */
function pressInNoise(
  state: AppState,
  overlay: Extract<Overlay, { type: "noise" }>,
  key: string,
  apply: Apply,
): Updated {
  if (key === "q" || key === "enter" || key === "h") return just({ ...state, overlay: null });
  const scrub = { left: "back", right: "forward", home: "first", end: "newest" } as const;
  if (key in scrub) return apply(state, { type: "scrub", to: scrub[key as keyof typeof scrub] });
  const last = (state.runs.noise?.sheets.at(-1)?.pictures.length ?? 1) - 1;
  return just({ ...state, overlay: { ...overlay, picture: moved(overlay.picture, key, last + 1) } });
}

function pressInRenaming(
  state: AppState,
  overlay: Extract<Overlay, { type: "rename" }>,
  key: string,
): Updated {
  const { run, text } = overlay;
  if (key !== "enter") return just({ ...state, overlay: { ...overlay, text: typed(text, key) } });
  const closed = { ...state, overlay: null };
  return text === "" || text === run
    ? just(closed)
    : { state: closed, effects: [{ type: "rename-run", run, to: text }] };
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

/** The first line of a text after a key; whoever shows it knows where it ends. */
function scrolled(top: number, key: string): number {
  const step = { up: -1, down: 1, pageup: -10, pagedown: 10 }[key] ?? 0;
  return Math.max(0, top + step);
}

function moved(at: number, key: string, length: number): number {
  const step = key === "up" ? -1 : key === "down" ? 1 : 0;
  return Math.max(0, Math.min(length - 1, at + step));
}

function just(state: AppState): Updated {
  return { state, effects: [] };
}
