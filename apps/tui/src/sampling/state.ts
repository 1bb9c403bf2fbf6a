/** The sample view as data: what is drawn, how far it is, and at which pace it is shown. */
import type { PictureStyle } from "./grid.ts";
import type { DrawnFrame, Known, ModelInfo } from "./messages.ts";
import type { SamplerName } from "./samplers.ts";
import { DEFAULT_SPEED, speeds } from "./speeds.ts";

export interface SampleState {
  /** Path of the model file. */
  readonly path: string;
  /** Null until the file is read. */
  readonly info: ModelInfo | null;
  /** Why there is nothing to see; null when there is. */
  readonly failure: string | null;
  /** Counts what was asked to be drawn: a frame of an earlier drawing is late and passed over. */
  readonly drawing: number;
  readonly seed: number;
  readonly temperature: number;
  readonly classLabel: number | null;
  readonly sampler: SamplerName;
  readonly surprise: boolean;
  /** Is the class of every picture told below it, and a legend below all? */
  readonly labels: boolean;
  readonly known: Known | null;
  /** Index of the first picture of the drawing. */
  readonly first: number;
  /** Pictures drawn together: as many as fit. */
  readonly count: number;
  readonly style: PictureStyle;
  readonly playing: boolean;
  /** Index into `speeds`. */
  readonly speed: number;
  /** Batch of the drawing that is shown, from 0. */
  readonly batch: number;
  /** Positions of it that are shown, of H·W; a fraction is on its way. */
  readonly shown: number;
  /** How long the finished batch has been held. */
  readonly heldMs: number;
  readonly frame: DrawnFrame | null;
}

/** How long finished pictures stay, unless they are drawn at full speed. */
export const HOLD_MS = 2000;

/** Temperatures that keys go through. */
const TEMPERATURE_STEP = 0.1;
const HIGHEST_TEMPERATURE = 3;

export function initialSample(path: string, style: PictureStyle): SampleState {
  return {
    path,
    info: null,
    failure: null,
    drawing: 0,
    seed: 0,
    temperature: 1,
    classLabel: null,
    sampler: "incremental",
    surprise: false,
    labels: true,
    known: null,
    first: 0,
    count: 0,
    style,
    playing: true,
    speed: DEFAULT_SPEED,
    batch: 0,
    shown: 0,
    heldMs: 0,
    frame: null,
  };
}

export type Step = "pixel" | "row" | "pictures";

export type SampleAction =
  | { readonly type: "open-model"; readonly path: string }
  | { readonly type: "model-loaded"; readonly path: string; readonly info: ModelInfo }
  | { readonly type: "model-failed"; readonly path: string; readonly message: string }
  | { readonly type: "frame"; readonly id: number; readonly frame: DrawnFrame }
  | { readonly type: "draw-failed"; readonly id: number; readonly message: string }
  /** What was drawn so far is lost. */
  | { readonly type: "redraw" }
  | { readonly type: "tick"; readonly ms: number }
  | { readonly type: "fit"; readonly count: number }
  | { readonly type: "play-pause" }
  | { readonly type: "step"; readonly by: Step }
  | { readonly type: "speed"; readonly by: 1 | -1 }
  | { readonly type: "seed"; readonly seed: number }
  | { readonly type: "temperature"; readonly by: 1 | -1 }
  | { readonly type: "class"; readonly by: 1 | -1 }
  | { readonly type: "class-label"; readonly label: number | null }
  | { readonly type: "sampler"; readonly sampler: SamplerName }
  | { readonly type: "surprise" }
  | { readonly type: "labels" }
  | { readonly type: "style"; readonly style: PictureStyle }
  | { readonly type: "complete"; readonly known: Known | null };

export function updateSample(state: SampleState, action: SampleAction): SampleState {
  switch (action.type) {
    case "open-model":
      return {
        ...initialSample(action.path, state.style),
        drawing: state.drawing + 1,
        seed: state.seed,
        speed: state.speed,
        sampler: state.sampler,
        labels: state.labels,
      };
    case "model-loaded":
      return action.path === state.path ? { ...state, info: action.info, failure: null } : state;
    case "model-failed":
      return action.path === state.path ? { ...state, failure: action.message } : state;
    case "draw-failed":
      return action.id === state.drawing ? { ...state, failure: action.message } : state;
    case "frame":
      return action.id === state.drawing ? receive(state, action.frame) : state;
    case "redraw":
      return redraw(state);
    case "tick":
      return state.playing ? advance(state, action.ms) : state;
    case "fit":
      return action.count === state.count ? state : redraw({ ...state, count: action.count });
    case "play-pause":
      return { ...state, playing: !state.playing };
    case "step":
      return stepBy(state, action.by);
    case "speed":
      return { ...state, speed: clamp(state.speed + action.by, 0, speeds.length - 1) };
    case "seed":
      return restart({ ...state, seed: action.seed });
    case "temperature":
      return restart({ ...state, temperature: warmer(state.temperature, action.by) });
    case "class":
      return restart({ ...state, classLabel: nextClass(state, action.by) });
    case "class-label": {
      const { label } = action;
      const classLabel = label !== null && label < (state.info?.classes ?? 0) ? label : null;
      return restart({ ...state, classLabel });
    }
    case "sampler":
      return restart({ ...state, sampler: action.sampler });
    case "surprise":
      return redraw({ ...state, surprise: !state.surprise });
    case "labels":
      return { ...state, labels: !state.labels };
    case "style":
      return { ...state, style: action.style };
    case "complete":
      return restart({ ...state, known: action.known });
    default:
      return action satisfies never;
  }
}

/** Positions of one picture. */
export function positionsOf({ info }: SampleState): number {
  return info === null ? 1 : info.picture.height * info.picture.width;
}

/** How far the thread may draw, counted over all batches: a little ahead of what is shown, never into the next batch. */
export function allowedPositions(state: SampleState): number {
  const speed = speeds[state.speed]!;
  if (isAtFullSpeed(state)) return Number.POSITIVE_INFINITY;
  const size = positionsOf(state);
  const ahead = state.playing ? Math.max(1, speed / 4) : 1;
  return state.batch * size + Math.min(size, Math.ceil(state.shown + ahead));
}

/** Positions of the frame's pictures that are shown. */
export function shownPositions(state: SampleState): number {
  const { frame } = state;
  if (frame === null) return 0;
  // The pictures before stay until the first of the next batch is there.
  return frame.batch < state.batch ? frame.position : Math.min(Math.floor(state.shown), frame.position);
}

function isAtFullSpeed({ playing, speed }: SampleState): boolean {
  return playing && speeds[speed] === Number.POSITIVE_INFINITY;
}

/** Draws the same pictures anew and goes on where they were. */
function redraw(state: SampleState): SampleState {
  const before = state.frame;
  const first = before === null ? state.first : before.first;
  const shown = before !== null && before.batch < state.batch ? before.position : state.shown;
  return { ...state, drawing: state.drawing + 1, first, batch: 0, shown, failure: null, frame: null };
}

/** Begins with the first picture. */
function restart(state: SampleState): SampleState {
  return { ...redraw(state), first: 0, shown: 0, heldMs: 0 };
}

function receive(state: SampleState, frame: DrawnFrame): SampleState {
  const received = { ...state, frame, failure: null };
  // Nobody asked for a later batch but full speed.
  if (frame.batch > state.batch) return { ...received, batch: frame.batch, shown: frame.position, heldMs: 0 };
  return isAtFullSpeed(state) ? { ...received, shown: Math.max(state.shown, frame.position) } : received;
}

function advance(state: SampleState, ms: number): SampleState {
  const { frame } = state;
  if (frame === null || frame.batch !== state.batch || isAtFullSpeed(state)) return state;
  const size = positionsOf(state);
  const shown = Math.min(frame.position, state.shown + (speeds[state.speed]! * ms) / 1000);
  if (state.shown < size) return { ...state, shown, heldMs: 0 };
  if (state.heldMs < HOLD_MS) return { ...state, shown, heldMs: state.heldMs + ms };
  return { ...state, batch: state.batch + 1, shown: 0, heldMs: 0 };
}

function stepBy(state: SampleState, by: Step): SampleState {
  const size = positionsOf(state);
  const ended = Math.floor(state.shown) >= size;
  const from = ended ? 0 : Math.floor(state.shown);
  const unit = by === "pixel" ? 1 : by === "row" ? (state.info?.picture.width ?? 1) : size;
  const shown = Math.min(size, (Math.floor(from / unit) + 1) * unit);
  return { ...state, playing: false, batch: state.batch + (ended ? 1 : 0), shown, heldMs: 0 };
}

function warmer(temperature: number, by: 1 | -1): number {
  return Math.round(clamp(temperature + by * TEMPERATURE_STEP, 0, HIGHEST_TEMPERATURE) * 10) / 10;
}

/** Through every class, and between the last and the first "each in turn". */
function nextClass({ info, classLabel }: SampleState, by: 1 | -1): number | null {
  const places = (info?.classes ?? 0) + 1;
  const next = ((classLabel ?? -1) + 1 + by + places) % places;
  return next === 0 ? null : next - 1;
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}
