/** The run view as data: the list, what is followed, and what is looked at. */
import type { Raster } from "@pixelcnn/pictures";
import type { RunRecord } from "@pixelcnn/runs";
import { type CurveKind, curveKinds, smoothings } from "./curves.ts";
import { type Pace, paceOf } from "./pace.ts";
import { nextOrder } from "./run-order.ts";
import {
  filtered,
  listed,
  mark,
  markAll,
  nothingSelected,
  type RunSelection,
  removed,
  renamed,
  selectBy,
  toMatch,
} from "./run-selection.ts";
import type { RunStatus } from "./run-status.ts";
import { foldTold, nothingTold, type ToldHistory } from "./told-history.ts";

export interface FollowedRun {
  readonly history: ToldHistory;
  /** Why it cannot be followed; null when it can. */
  readonly failure: string | null;
  readonly pace: Pace | null;
}

/** A sheet of samples, or why it cannot be shown. */
export interface ShownSheet {
  readonly run: string;
  readonly file: string;
  readonly pictures: readonly Raster[];
  readonly failure: string | null;
}

/** All sheets of a run, read to see what became of one noise. */
export interface NoiseHistory {
  readonly run: string;
  /** In the order of the epochs; no pictures where a sheet cannot be read. */
  readonly sheets: readonly { readonly file: string; readonly pictures: readonly Raster[] }[];
}

export interface RunsState extends RunSelection {
  /** By name. */
  readonly followed: ReadonlyMap<string, FollowedRun>;
  readonly curve: CurveKind;
  /** Index into `smoothings`. */
  readonly smoothing: number;
  readonly sheet: ShownSheet | null;
  readonly noise: NoiseHistory | null;
  readonly isLogarithmic: boolean;
  /** A chart for every figure; null where the window decides. */
  readonly panes: boolean | null;
  /** Where the curves are read, 0 ... 1 of the chart's width; null where nobody does. */
  readonly cursor: number | null;
}

export const initialRuns: RunsState = {
  ...nothingSelected,
  followed: new Map(),
  curve: "nats",
  smoothing: 2,
  sheet: null,
  noise: null,
  isLogarithmic: false,
  panes: null,
  cursor: null,
};

export type RunsAction =
  | { readonly type: "runs-listed"; readonly list: readonly RunStatus[] }
  /** Records of a run; `fresh` when they replace what was told before. */
  | {
      readonly type: "run-told";
      readonly run: string;
      readonly records: readonly RunRecord[];
      readonly fresh: boolean;
      readonly ms: number;
    }
  | { readonly type: "run-unreadable"; readonly run: string; readonly message: string }
  | { readonly type: "sheet-read"; readonly sheet: ShownSheet }
  | { readonly type: "noise-read"; readonly noise: NoiseHistory }
  | { readonly type: "select-run"; readonly by: number }
  | { readonly type: "select-named-run"; readonly run: string }
  | { readonly type: "mark-run" }
  | { readonly type: "scrub"; readonly to: "back" | "forward" | "first" | "newest" }
  | { readonly type: "curve" }
  | { readonly type: "smoothing" }
  | { readonly type: "logarithmic" }
  | { readonly type: "panes"; readonly shown: boolean }
  | { readonly type: "cursor"; readonly by: number }
  | { readonly type: "sort" }
  | { readonly type: "reverse" }
  | { readonly type: "mark-all" }
  | { readonly type: "filter"; readonly text: string }
  | { readonly type: "search"; readonly text: string }
  | { readonly type: "next-match"; readonly by: 1 | -1 }
  | { readonly type: "clear" }
  | { readonly type: "run-renamed"; readonly run: string; readonly to: string }
  | { readonly type: "run-removed"; readonly run: string };

export function updateRuns(state: RunsState, action: RunsAction): RunsState {
  switch (action.type) {
    case "runs-listed":
      return listed(state, action.list);
    case "run-told":
      return told(state, action);
    case "run-unreadable":
      return withFollowed(state, action.run, { history: nothingTold, failure: action.message, pace: null });
    case "sheet-read":
      return { ...state, sheet: action.sheet };
    case "noise-read":
      return { ...state, noise: action.noise };
    case "select-run":
      return selectBy(state, action.by);
    case "select-named-run":
      return { ...state, selected: action.run, scrub: null };
    case "mark-run":
      return mark(state);
    case "scrub":
      return { ...state, scrub: scrubbed(state, action.to) };
    case "curve":
      return { ...state, curve: next(curveKinds, state.curve) };
    case "smoothing":
      return { ...state, smoothing: (state.smoothing + 1) % smoothings.length };
    case "logarithmic":
      return { ...state, isLogarithmic: !state.isLogarithmic };
    case "panes":
      return { ...state, panes: action.shown };
    case "cursor":
      return { ...state, cursor: moved(state.cursor, action.by) };
    case "sort":
      return { ...state, order: nextOrder(state.order) };
    case "reverse":
      return { ...state, order: { ...state.order, isDescending: !state.order.isDescending } };
    case "mark-all":
      return markAll(state);
    case "filter":
      return filtered(state, action.text);
    case "search":
      return { ...toMatch(state, action.text, 0, 1), search: action.text };
    case "next-match":
      return toMatch(state, state.search, action.by, action.by);
    case "clear":
      return { ...filtered(state, ""), cursor: null };
    case "run-renamed":
      return renamed(withoutFollowed(state, action.run), action.run, action.to);
    case "run-removed":
      return removed(withoutFollowed(state, action.run), action.run);
    default:
      return action satisfies never;
  }
}

export function historyOf({ followed }: Pick<RunsState, "followed">, run: string | null): ToldHistory {
  return (run !== null && followed.get(run)?.history) || nothingTold;
}

/** Which of the selected run's sheets is wanted; null when there is none. */
export function wantedSample(state: RunsState): ToldHistory["samples"][number] | null {
  const { samples } = historyOf(state, state.selected);
  return samples[state.scrub ?? samples.length - 1] ?? null;
}

/** Names of all runs whose records are wanted, the selected one first. */
export function wantedRuns({ selected, marked }: Pick<RunsState, "selected" | "marked">): string[] {
  return selected === null ? [...marked] : [selected, ...marked.filter((name) => name !== selected)];
}

/** Seconds that a run has left at the pace that was seen; null when nobody knows. */
export function secondsLeft({ pace }: FollowedRun): number | null {
  return pace === null || pace.leftMs === null ? null : pace.leftMs / 1000;
}

function told(state: RunsState, action: Extract<RunsAction, { type: "run-told" }>): RunsState {
  const before = state.followed.get(action.run);
  const fresh = action.fresh || before === undefined;
  const history = foldTold(fresh ? nothingTold : before.history, action.records);
  const progress = history.steps.last?.progress;
  const now = progress === undefined ? null : { progress, ms: action.ms };
  const pace = paceOf(fresh ? null : before.pace, now);
  return withFollowed(state, action.run, { history, failure: null, pace });
}

function withFollowed(state: RunsState, run: string, followed: FollowedRun): RunsState {
  return { ...state, followed: new Map([...state.followed, [run, followed]]) };
}

function withoutFollowed(state: RunsState, run: string): RunsState {
  return { ...state, followed: new Map([...state.followed].filter(([name]) => name !== run)) };
}

/** Steps of a hundredth of the width. The first key puts the cursor at the end that it moves away from. */
function moved(cursor: number | null, by: number): number {
  if (cursor === null) return by < 0 ? 1 : 0;
  return Math.min(1, Math.max(0, Math.round(cursor * 100 + by) / 100));
}

function scrubbed(state: RunsState, to: "back" | "forward" | "first" | "newest"): number | null {
  const last = historyOf(state, state.selected).samples.length - 1;
  const at = state.scrub ?? last;
  if (to === "newest" || last < 0) return null;
  if (to === "first") return 0;
  if (to === "back") return Math.max(0, at - 1);
  return at + 1 >= last ? null : at + 1;
}

function next<T>(values: readonly T[], value: T): T {
  return values[(values.indexOf(value) + 1) % values.length]!;
}
