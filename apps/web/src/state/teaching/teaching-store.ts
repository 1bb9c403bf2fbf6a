/** What is taught, and what became of it: one training for the whole site, which goes on while another view is looked at. */
import { create } from "zustand";
import type { Drawing, Stroke } from "../../workers/teaching/drawing.ts";
import {
  CELLS,
  type Lesson,
  type Progress,
  type Sheet,
  type Shown,
  type Start,
} from "../../workers/teaching/lesson.ts";
import type { Varied } from "../../workers/teaching/variation.ts";
import { simplify } from "./simplify.ts";

/** "idle": nothing learnt yet; "starting": the worker comes up; "paused": learnt something, and rests. */
export type TeachingStatus = "idle" | "starting" | "learning" | "paused";

/** One point of the curve. */
export interface Measured {
  readonly step: number;
  /** Nats per picture. */
  readonly nats: number;
}

export interface TeachingState {
  /** By cell; without strokes where nothing is drawn. */
  readonly drawings: readonly Drawing[];
  /** Drawings before the last changes, for Undo. */
  readonly past: readonly (readonly Drawing[])[];
  readonly varied: Varied;
  readonly start: Start;
  readonly slower: boolean;
  readonly seed: number;
  readonly status: TeachingStatus;
  readonly progress: Progress | null;
  readonly training: readonly Measured[];
  readonly heldOut: readonly Measured[];
  /** All sheets so far, the newest last. */
  readonly sheets: readonly Sheet[];
  /** Step of the first sheet on which something looked like what was drawn; null so far. */
  readonly firstRecognised: number | null;
  /** Why it stopped; null when it did not. */
  readonly trouble: string | null;
}

const EMPTY: readonly Drawing[] = Array.from({ length: CELLS }, () => []);
/** Changes that can be undone. */
const MOST_PAST = 200;
/** Sheets that are kept: early ones matter more than one more of the same. */
const MOST_SHEETS = 120;
/** Points of a curve: then every second is left out. */
const MOST_POINTS = 600;

export const NOTHING_LEARNT = {
  status: "idle",
  progress: null,
  training: [],
  heldOut: [],
  sheets: [],
  firstRecognised: null,
  trouble: null,
} as const satisfies Partial<TeachingState>;

export const useTeaching = create<TeachingState>(() => ({
  drawings: EMPTY,
  past: [],
  varied: { shift: true, turn: true, scale: true },
  start: "nothing",
  slower: false,
  seed: 1,
  ...NOTHING_LEARNT,
}));

/** Adds a finished stroke to a cell. */
export function addStroke(cell: number, stroke: Stroke): void {
  const simple = simplify(stroke);
  change((drawings) => drawings.map((drawing, i) => (i === cell ? [...drawing, simple] : drawing)));
}

/** Takes everything out of a cell, or out of all. */
export function clear(cell?: number): void {
  change((drawings) => drawings.map((drawing, i) => (cell === undefined || i === cell ? [] : drawing)));
}

/** Fills the cells that are empty. */
export function fill(examples: readonly Drawing[]): void {
  change((drawings) => drawings.map((drawing, i) => (drawing.length > 0 ? drawing : (examples[i] ?? []))));
}

/** Takes the last change back. */
export function undo(): void {
  useTeaching.setState(({ past }) =>
    past.length === 0 ? {} : { drawings: past.at(-1)!, past: past.slice(0, -1) },
  );
}

function change(make: (drawings: readonly Drawing[]) => readonly Drawing[]): void {
  useTeaching.setState(({ drawings, past }) => ({
    drawings: make(drawings),
    past: [...past, drawings].slice(-MOST_PAST),
  }));
}

/** What there is to learn now. */
export function lessonOf({ drawings, varied, slower }: TeachingState): Lesson {
  return { shown: shownOf(drawings), varied, slower };
}

/** The cells that something is drawn in. */
export function shownOf(drawings: readonly Drawing[]): Shown[] {
  return drawings.flatMap((drawing, cell) => (drawing.length > 0 ? [{ cell, drawing }] : []));
}

/** Takes a report of progress into the curve. */
export function takeProgress(progress: Progress): void {
  useTeaching.setState(({ training }) => ({
    progress,
    training: thinned([...training, { step: progress.step, nats: progress.nats }]),
  }));
}

/** Takes a sheet into the history. */
export function takeSheet(sheet: Sheet): void {
  useTeaching.setState(({ sheets, heldOut, firstRecognised }) => ({
    sheets:
      sheets.length < MOST_SHEETS ? [...sheets, sheet] : [...sheets.filter((_, i) => i % 2 === 0), sheet],
    heldOut: thinned([...heldOut, { step: sheet.step, nats: sheet.heldOut }]),
    firstRecognised: firstRecognised ?? (sheet.recognised > 0 ? sheet.step : null),
  }));
}

function thinned(points: readonly Measured[]): readonly Measured[] {
  if (points.length <= MOST_POINTS) return points;
  return points.filter((_, i) => i % 2 === 0 || i === points.length - 1);
}
