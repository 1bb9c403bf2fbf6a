/** The run view as data: the list, what is followed, and what is looked at. */
import type { Raster } from "@pixelcnn/pictures";
import type { RunRecord } from "@pixelcnn/runs";
import { emptyHistory, foldRecords, type RunHistory } from "@pixelcnn/runs/history";
import { type CurveKind, curveKinds, smoothings } from "./curves.ts";
import type { RunStatus } from "./run-status.ts";

export interface FollowedRun {
  readonly history: RunHistory;
  /** Why it cannot be followed; null when it can. */
  readonly failure: string | null;
  readonly pace: Pace | null;
}

/** First and newest progress that were seen to happen, and what is left by them; null before enough was seen. */
interface Pace {
  readonly from: Moment;
  readonly to: Moment;
  readonly leftMs: number | null;
}

interface Moment {
  readonly progress: number;
  readonly ms: number;
}

/** A sheet of samples, or why it cannot be shown. */
export interface ShownSheet {
  readonly run: string;
  readonly file: string;
  readonly pictures: readonly Raster[];
  readonly failure: string | null;
}

export interface RunsState {
  /** Null until the folder is read. */
  readonly list: readonly RunStatus[] | null;
  /** Name of the run that is looked at; null when there is none. */
  readonly selected: string | null;
  /** Names of further runs that are charted with it. */
  readonly marked: readonly string[];
  /** By name. */
  readonly followed: ReadonlyMap<string, FollowedRun>;
  /** Index into the selected run's sheets; null for the newest, whichever that is. */
  readonly scrub: number | null;
  readonly curve: CurveKind;
  /** Index into `smoothings`. */
  readonly smoothing: number;
  readonly sheet: ShownSheet | null;
}

export const initialRuns: RunsState = {
  list: null,
  selected: null,
  marked: [],
  followed: new Map(),
  scrub: null,
  curve: "nats",
  smoothing: 2,
  sheet: null,
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
  | { readonly type: "select-run"; readonly by: number }
  | { readonly type: "select-named-run"; readonly run: string }
  | { readonly type: "mark-run" }
  | { readonly type: "scrub"; readonly to: "back" | "forward" | "first" | "newest" }
  | { readonly type: "curve" }
  | { readonly type: "smoothing" };

export function updateRuns(state: RunsState, action: RunsAction): RunsState {
  switch (action.type) {
    case "runs-listed":
      return listed(state, action.list);
    case "run-told":
      return told(state, action);
    case "run-unreadable":
      return withFollowed(state, action.run, { history: emptyHistory, failure: action.message, pace: null });
    case "sheet-read":
      return { ...state, sheet: action.sheet };
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
    default:
      return action satisfies never;
  }
}

export function selectedRun({ list, selected }: RunsState): RunStatus | null {
  return list?.find(({ name }) => name === selected) ?? null;
}

export function historyOf({ followed }: Pick<RunsState, "followed">, run: string | null): RunHistory {
  return (run !== null && followed.get(run)?.history) || emptyHistory;
}

/** Which of the selected run's sheets is wanted; null when there is none. */
export function wantedSample(state: RunsState): RunHistory["samples"][number] | null {
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

/** A pace that was watched for less says little: records come in bursts. */
const LEAST_WATCHED_MS = 5000;
/**
 * How slowly what is said follows what was seen. An evaluation or a checkpoint, during which nothing is learned, would else
 * make the time left jump up, and the steps after it make it fall again.
 */
const FOLLOW_MS = 60_000;

function paceOf(before: Pace | null, now: Moment | null): Pace | null {
  if (now === null) return null;
  if (before === null || before.from.progress > now.progress) return { from: now, to: now, leftMs: null };
  const { from, to, leftMs } = before;
  const [done, watchedMs] = [now.progress - from.progress, now.ms - from.ms];
  if (done === 0 || watchedMs < LEAST_WATCHED_MS) return { from, to: now, leftMs };
  const guess = ((1 - now.progress) * watchedMs) / done;
  if (leftMs === null) return { from, to: now, leftMs: guess };
  const passedMs = now.ms - to.ms;
  const said = leftMs - passedMs;
  return { from, to: now, leftMs: Math.max(0, guess + (said - guess) * Math.exp(-passedMs / FOLLOW_MS)) };
}

function listed(state: RunsState, list: readonly RunStatus[]): RunsState {
  const names = new Set(list.map(({ name }) => name));
  const marked = state.marked.filter((name) => names.has(name));
  // A run that was just started here is selected before its folder is there.
  if (state.selected !== null) {
    // The list reads the same objects while the files are the same: nothing to draw then.
    const isSame = list.length === state.list?.length && list.every((run, i) => run === state.list?.[i]);
    return isSame ? state : { ...state, list, marked };
  }
  const live = list.find(({ standing }) => standing === "training");
  return { ...state, list, marked, selected: live?.name ?? list[0]?.name ?? null };
}

function told(state: RunsState, action: Extract<RunsAction, { type: "run-told" }>): RunsState {
  const before = state.followed.get(action.run);
  const fresh = action.fresh || before === undefined;
  const history = foldRecords(fresh ? emptyHistory : before.history, action.records);
  const progress = history.steps.at(-1)?.progress;
  const now = progress === undefined ? null : { progress, ms: action.ms };
  const pace = paceOf(fresh ? null : before.pace, now);
  return withFollowed(state, action.run, { history, failure: null, pace });
}

function withFollowed(state: RunsState, run: string, followed: FollowedRun): RunsState {
  return { ...state, followed: new Map([...state.followed, [run, followed]]) };
}

function selectBy(state: RunsState, by: number): RunsState {
  const names = (state.list ?? []).map(({ name }) => name);
  if (names.length === 0) return state;
  const at = state.selected === null ? 0 : names.indexOf(state.selected);
  const selected = names[Math.min(names.length - 1, Math.max(0, at + by))]!;
  return { ...state, selected, scrub: null };
}

function mark(state: RunsState): RunsState {
  const { selected, marked } = state;
  if (selected === null) return state;
  const others = marked.filter((name) => name !== selected);
  return { ...state, marked: others.length < marked.length ? others : [...marked, selected] };
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
