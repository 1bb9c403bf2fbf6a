/** Every key of all views: what it does, and what is said about it. The help line, the help screen and the keys come from here. */
import type { RunsAction } from "../runs/state.ts";
import type { SampleAction } from "../sampling/state.ts";

/** What a key asks for besides a change of a view's own state. */
export type Order =
  | { readonly type: "other-view" }
  | { readonly type: "help" }
  | { readonly type: "quit" }
  | { readonly type: "new-seed" }
  | { readonly type: "type-seed" }
  | { readonly type: "pick-model" }
  | { readonly type: "pick-beside" }
  | { readonly type: "drop-beside" }
  | { readonly type: "draw-beside" }
  | { readonly type: "pick-sampler" }
  | { readonly type: "edit-top-rows" }
  | { readonly type: "save-png" }
  | { readonly type: "next-style" }
  | { readonly type: "try-engines" }
  | { readonly type: "open-form" }
  | { readonly type: "stop-training" }
  | { readonly type: "resume-training" }
  | { readonly type: "draw-with-run" }
  | { readonly type: "type-query"; readonly asks: "search" | "filter" }
  | { readonly type: "toggle-panes" }
  | { readonly type: "compare-configs" }
  | { readonly type: "show-noise" }
  | { readonly type: "rename-run" }
  | { readonly type: "remove-run" }
  | { readonly type: "restore-run" };

type ScrollAction = { readonly type: "scroll-devices"; readonly by: number };

export interface KeyBinding {
  /** Names of the keys, see `keyNames`. */
  readonly keys: readonly string[];
  /** As the help shows them. */
  readonly shown: string;
  /** For the help line. */
  readonly short: string;
  /** For the help screen. */
  readonly about: string;
  /** By key, in the order of `keys`; one for all of them when there is only one. */
  readonly does: readonly (SampleAction | RunsAction | ScrollAction | Order)[];
}

function binding(
  shown: string,
  keys: readonly string[],
  short: string,
  about: string,
  ...does: KeyBinding["does"]
): KeyBinding {
  return { keys, shown, short, about, does };
}

const everywhere = [
  binding("?", ["?"], "help", "this screen", { type: "help" }),
  binding("q", ["q", "ctrl-c"], "quit", "leave (so does Ctrl-C); trainings go on", { type: "quit" }),
];

export const sampleKeys: readonly KeyBinding[] = [
  binding("space", ["space"], "play", "play or pause", { type: "play-pause" }),
  binding(".", ["."], "pixel", "one pixel further, then pause", { type: "step", by: "pixel" }),
  binding("/", ["/"], "row", "one row further, then pause", { type: "step", by: "row" }),
  binding(">", [">"], "picture", "to the end of the pictures, then pause", { type: "step", by: "pictures" }),
  binding(
    "- +",
    ["-", "+", "="],
    "speed",
    "slower, faster: from a position a second to full speed",
    { type: "speed", by: -1 },
    { type: "speed", by: 1 },
    { type: "speed", by: 1 },
  ),
  binding("n", ["n"], "new seed", "new seed", { type: "new-seed" }),
  binding("#", ["#"], "seed", "type a seed", { type: "type-seed" }),
  binding(
    "[ ]",
    ["[", "]"],
    "temp",
    "temperature down, up",
    { type: "temperature", by: -1 },
    { type: "temperature", by: 1 },
  ),
  binding(
    "c C",
    ["c", "C"],
    "class",
    "next, previous class",
    { type: "class", by: 1 },
    { type: "class", by: -1 },
  ),
  binding("m", ["m"], "model", "pick a model of models/ and runs/", { type: "pick-model" }),
  binding(
    "b B",
    ["b", "B"],
    "beside",
    "a model beside it, from the same noise; one less",
    { type: "pick-beside" },
    { type: "drop-beside" },
  ),
  binding("s", ["s"], "sampler", "pick how it is drawn", { type: "pick-sampler" }),
  binding("k", ["k"], "complete", "type or load the top rows, and have them completed", {
    type: "edit-top-rows",
  }),
  binding("w", ["w"], "PNG", "write what is shown to a PNG file", { type: "save-png" }),
  binding("u", ["u"], "surprise", "surprise view: bits per pixel as heat", { type: "surprise" }),
  binding("l", ["l"], "labels", "classes below the pictures, and the legend", { type: "labels" }),
  binding("a", ["a"], "art", "next kind of art: pixels, half blocks, braille, ...", { type: "next-style" }),
  binding("tab", ["tab"], "runs", "the runs", { type: "other-view" }),
  ...everywhere,
];

export const runKeys: readonly KeyBinding[] = [
  binding(
    "↑ ↓",
    ["up", "down"],
    "run",
    "previous, next run",
    { type: "select-run", by: -1 },
    { type: "select-run", by: 1 },
  ),
  binding("space", ["space"], "overlay", "lay this run's curves over those of others", { type: "mark-run" }),
  binding("/", ["/"], "search", "go to a run: words, or nats<80, layers=10", {
    type: "type-query",
    asks: "search",
  }),
  binding("f", ["f"], "filter", "list only the runs that fit, as in a search", {
    type: "type-query",
    asks: "filter",
  }),
  binding(
    "s S",
    ["s", "S"],
    "sort",
    "sort by the next column, the other way round",
    { type: "sort" },
    { type: "reverse" },
  ),
  binding("y", ["y"], "curve", "next curve: nats, bits/dim, gradient norm, ...", { type: "curve" }),
  binding("l", ["l"], "log", "logarithmic axis, or a linear one", { type: "logarithmic" }),
  binding("o", ["o"], "smooth", "more smoothing, or none again", { type: "smoothing" }),
  binding(
    ", .",
    [",", ".", "<", ">"],
    "read",
    "move the cursor that reads values (< > further)",
    { type: "cursor", by: -1 },
    { type: "cursor", by: 1 },
    { type: "cursor", by: -10 },
    { type: "cursor", by: 10 },
  ),
  binding("p", ["p"], "panes", "a chart for every figure, or one alone", { type: "toggle-panes" }),
  binding(
    "← →",
    ["left", "right"],
    "epoch",
    "back and forth through the epochs' samples",
    { type: "scrub", to: "back" },
    { type: "scrub", to: "forward" },
  ),
  binding("h", ["h"], "history", "one noise through all epochs", { type: "show-noise" }),
  binding("d", ["d"], "differ", "settings in which two runs differ", { type: "compare-configs" }),
  binding("t", ["t"], "train", "start a training", { type: "open-form" }),
  binding("x", ["x"], "stop", "stop the training; it saves first", { type: "stop-training" }),
  binding("r", ["r"], "resume", "go on with a training; one that ended asks how long", {
    type: "resume-training",
  }),
  binding("enter", ["enter"], "draw", "draw with the run's model", { type: "draw-with-run" }),
  binding("b", ["b"], "beside", "draw with it beside what is drawn already", { type: "draw-beside" }),
  binding("R", ["R"], "rename", "give the run another name", { type: "rename-run" }),
  binding("D", ["D"], "delete", "delete the run; U brings it back", { type: "remove-run" }),
  binding("U", ["U"], "undo", "bring back the run that was deleted last", { type: "restore-run" }),
  binding(
    "n N",
    ["n", "N"],
    "match",
    "next, previous run that was searched for",
    { type: "next-match", by: 1 },
    { type: "next-match", by: -1 },
  ),
  binding("*", ["*"], "all", "overlay all that are listed, or none", { type: "mark-all" }),
  binding(
    "pgup pgdn",
    ["pageup", "pagedown"],
    "ten runs",
    "ten runs up, down",
    { type: "select-run", by: -10 },
    { type: "select-run", by: 10 },
  ),
  binding(
    "home end",
    ["home", "end", "g", "G"],
    "first, newest",
    "the first, the newest samples (also g, G)",
    { type: "scrub", to: "first" },
    { type: "scrub", to: "newest" },
    { type: "scrub", to: "first" },
    { type: "scrub", to: "newest" },
  ),
  binding("esc", ["escape"], "clear", "no filter and no cursor", { type: "clear" }),
  binding("a", ["a"], "art", "next kind of art", { type: "next-style" }),
  binding("tab", ["tab"], "devices", "the devices", { type: "other-view" }),
  ...everywhere,
];

export const deviceKeys: readonly KeyBinding[] = [
  binding("e", ["e"], "try engines", "start every engine and measure it, some seconds each", {
    type: "try-engines",
  }),
  binding(
    "↑ ↓",
    ["up", "down"],
    "scroll",
    "back and forth through the text",
    { type: "scroll-devices", by: -1 },
    { type: "scroll-devices", by: 1 },
  ),
  binding("tab", ["tab"], "samples", "the samples", { type: "other-view" }),
  ...everywhere,
];

/** The keys of a view. */
export const viewKeys = { sample: sampleKeys, runs: runKeys, devices: deviceKeys } as const;

/** What a key does among these; null when it does nothing. */
export function boundTo(bindings: readonly KeyBinding[], key: string): KeyBinding["does"][number] | null {
  for (const { keys, does } of bindings) {
    const at = keys.indexOf(key);
    if (at >= 0) return does[at] ?? does[0]!;
  }
  return null;
}

/** The keys in as few lines of at most `columns` characters as it takes; what does not fit `most` lines is left out. */
export function helpLines(bindings: readonly KeyBinding[], columns: number, most: number): string[] {
  const lines: string[] = [];
  for (const { shown, short } of bindings) {
    const item = `${shown.replace(" ", shown.length > 3 ? "/" : "")} ${short}`;
    const last = lines.at(-1);
    if (last !== undefined && last.length + 2 + item.length <= columns)
      lines[lines.length - 1] = `${last}  ${item}`;
    else lines.push(item);
  }
  if (lines.length <= most) return lines;
  const first = lines.slice(0, most);
  const end = "? all keys";
  const items = first[most - 1]!.split("  ");
  while (items.length > 0 && [...items, end].join("  ").length > columns) items.pop();
  first[most - 1] = [...items, end].join("  ");
  return first;
}
