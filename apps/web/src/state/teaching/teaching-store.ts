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

/** What a link carries. */
export type LinkedLesson = Pick<TeachingState, "drawings" | "varied" | "start" | "slower" | "seed">;

/** What there was before a change. */
export interface Past extends Work, Partial<Omit<LinkedLesson, "drawings">> {
  /** The change was a link's lesson, and what had been learnt was put aside for it. */
  readonly hasAside?: boolean;
}

/** Which network it is, and its noise: what was learnt fits no other. */
export type Origin = Pick<TeachingState, "start" | "seed">;

/** What the page shows of a training. */
export type Learning = Pick<
  TeachingState,
  "origin" | "name" | "training" | "heldOut" | "sheets" | "firstRecognised"
>;

export interface TeachingState extends Work {
  /** What there was before the last changes, for Undo. */
  readonly past: readonly Past[];
  /** The link whose lesson is shown as it came, as in the address; null for what is the visitor's own. */
  readonly link: string | null;
  /** Whether it takes the place of what the browser keeps: not while a link's drawings are looked at, or cleared away. */
  readonly isOwn: boolean;
  /** Another tab has kept something since: what is made here is not kept. */
  readonly isOvertaken: boolean;
  readonly varied: Varied;
  readonly start: Start;
  readonly slower: boolean;
  readonly seed: number;
  readonly status: TeachingStatus;
  /** What the training began with, whatever was chosen since; null while nothing is learnt. */
  readonly origin: Origin | null;
  /** What its files are called, once there was one; null before. */
  readonly name: string | null;
  /** What was learnt of the drawings that a link's took the place of: it comes back with them. */
  readonly aside: Learning | null;
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

export const NOTHING_LEARNT = {
  status: "idle",
  origin: null,
  name: null,
  aside: null,
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
  link: null,
  isOwn: true,
  isOvertaken: false,
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

/** Takes the pictures away; where there are none, all drawings. With those of a link there is nothing of one's own yet. */
export function clearAll(): void {
  const { isOwn } = useTeaching.getState();
  change(({ pictures }) => (pictures.length > 0 ? { pictures: [] } : { drawings: EMPTY }), isOwn);
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

/** Shows what a link carried in the place of what is here, which Undo brings back with what was learnt of it. */
export function showLesson(lesson: LinkedLesson, link: string): void {
  useTeaching.setState((state) => {
    const { drawings, pictures, varied, start, slower, seed, status } = state;
    const { origin, name, training, heldOut, sheets, firstRecognised } = state;
    const hasAside = status === "paused";
    const before = { drawings, pictures, varied, start, slower, seed, hasAside };
    return {
      ...NOTHING_LEARNT,
      ...lesson,
      pictures: [],
      past: withLast(state.past, before),
      link,
      isOwn: false,
      aside: hasAside ? { origin, name, training, heldOut, sheets, firstRecognised } : state.aside,
    };
  });
}

/** Takes the last change back. */
export function undo(): void {
  useTeaching.setState(({ past, aside }) => {
    if (past.length === 0) return {};
    const { hasAside, ...before } = past.at(-1)!;
    const learnt = hasAside && aside !== null ? ({ ...aside, status: "paused", aside: null } as const) : {};
    return { ...before, ...learnt, past: past.slice(0, -1), link: null, isOwn: true };
  });
}

/** Takes the last change of one cell back, for a page that shows no other. */
export function undoIn(cell: number): void {
  useTeaching.setState(({ past, drawings, pictures }) => {
    const all: readonly Past[] = [...past, { drawings, pictures }];
    const at = past.findLastIndex((work, i) => work.drawings[cell] !== all[i + 1]!.drawings[cell]);
    if (at < 0) return {};
    const before = past[at]!.drawings[cell]!;
    const withBefore = <W extends Work>(work: W): W => ({
      ...work,
      drawings: work.drawings.map((drawing, i) => (i === cell ? before : drawing)),
    });
    // What it changed elsewhere can still be undone.
    const isOfOthers =
      past[at]!.pictures !== all[at + 1]!.pictures ||
      past[at]!.drawings.some((drawing, i) => i !== cell && drawing !== all[at + 1]!.drawings[i]);
    return {
      drawings: withBefore({ drawings, pictures }).drawings,
      past: [...past.slice(0, isOfOthers ? at + 1 : at), ...past.slice(at + 1).map(withBefore)],
      link: null,
      isOwn: true,
    };
  });
}

/** @param isOwn whether what comes of it is the visitor's own. */
function change(make: (work: Work) => Partial<Work>, isOwn = true): void {
  useTeaching.setState(({ drawings, pictures, past }) => ({
    ...make({ drawings, pictures }),
    past: withLast(past, { drawings, pictures }),
    link: null,
    isOwn,
  }));
}

function withLast(past: readonly Past[], last: Past): readonly Past[] {
  return [...past, last].slice(-MOST_PAST);
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
