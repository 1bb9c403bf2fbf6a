/** What is taught, and what became of it: one training for the whole site, which goes on while another view is looked at. */
import { create } from "zustand";
import type { Drawing, Stroke } from "../../workers/teaching/drawing.ts";
import type { Ink } from "../../workers/teaching/ink.ts";
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

/** What there is to learn from. */
export interface Work {
  /** By cell; without strokes where nothing is drawn. */
  readonly drawings: readonly Drawing[];
  /** Pictures that were dropped, in their order: learnt in the place of the drawings while there are any. */
  readonly pictures: readonly Ink[];
}

export interface TeachingState extends Work {
  /** What there was before the last changes, for Undo. */
  readonly past: readonly Work[];
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
  /** Step of the first sheet on which something could be recognised, and stayed; null so far. */
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
  pictures: [],
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
  change(({ drawings }) => ({
    drawings: drawings.map((drawing, i) => (i === cell ? [...drawing, simple] : drawing)),
  }));
}

/** Takes everything out of a cell. */
export function clear(cell: number): void {
  change(({ drawings }) => ({ drawings: drawings.map((drawing, i) => (i === cell ? [] : drawing)) }));
}

/** Takes the pictures away; where there are none, all drawings. */
export function clearAll(): void {
  change(({ pictures }) => (pictures.length > 0 ? { pictures: [] } : { drawings: EMPTY }));
}

/** Teaches pictures in the place of what is drawn, which comes back when they are cleared. */
export function showPictures(pictures: readonly Ink[]): void {
  change(() => ({ pictures }));
}

/** Fills the cells that are empty. */
export function fill(examples: readonly Drawing[]): void {
  change(({ drawings }) => ({
    drawings: drawings.map((drawing, i) => (drawing.length > 0 ? drawing : (examples[i] ?? []))),
  }));
}

/** Takes the last change back. */
export function undo(): void {
  useTeaching.setState(({ past }) => (past.length === 0 ? {} : { ...past.at(-1)!, past: past.slice(0, -1) }));
}

function change(make: (work: Work) => Partial<Work>): void {
  useTeaching.setState(({ drawings, pictures, past }) => ({
    ...make({ drawings, pictures }),
    past: [...past, { drawings, pictures }].slice(-MOST_PAST),
  }));
}

/** What there is to learn now. */
export function lessonOf({ varied, slower, ...work }: TeachingState): Lesson {
  return { shown: shownOf(work), varied, slower };
}

/** What is in the cells: pictures, or else what is drawn. */
export function shownOf({ drawings, pictures }: Work): Shown[] {
  if (pictures.length > 0)
    return pictures.map((drawing, i) => ({ cell: cellOfPicture(i, pictures.length), drawing }));
  return drawings.flatMap((drawing, cell) => (drawing.length > 0 ? [{ cell, drawing }] : []));
}

/** Pictures lie in the cells in their order, as many in each: neighbours are called alike, and often look alike. */
export function cellOfPicture(index: number, count: number): number {
  return Math.floor((index * CELLS) / count);
}

/** Takes a report of progress into the curve. */
export function takeProgress(progress: Progress): void {
  useTeaching.setState(({ training }) => ({
    progress,
    training: thinned([...training, { step: progress.step, nats: progress.nats }]),
  }));
}

/** Takes a sheet into the history. What is recognised on it came with the sheet before when it was recognised there as well: once may be chance. */
export function takeSheet(sheet: Sheet): void {
  useTeaching.setState(({ sheets, heldOut, firstRecognised }) => ({
    sheets:
      sheets.length < MOST_SHEETS ? [...sheets, sheet] : [...sheets.filter((_, i) => i % 2 === 0), sheet],
    heldOut: thinned([...heldOut, { step: sheet.step, nats: sheet.heldOut }]),
    firstRecognised: firstRecognised ?? stepOfBoth(sheets.at(-1), sheet),
  }));
}

/** Step of the earlier one when a cell can be recognised on both. Sheets that earlier versions of this page kept do not tell. */
function stepOfBoth(before: Sheet | undefined, sheet: Sheet): number | null {
  const stays = before?.recognisedCells?.some((cell) => sheet.recognisedCells.includes(cell)) ?? false;
  return stays ? before!.step : null;
}

function thinned(points: readonly Measured[]): readonly Measured[] {
  if (points.length <= MOST_POINTS) return points;
  return points.filter((_, i) => i % 2 === 0 || i === points.length - 1);
}
