/** What the page gives the teaching worker, and what it is told. Plain data: it crosses to the worker. */
import type { PictureShape } from "@pixelcnn/core";
import type { Drawing } from "./drawing.ts";
import type { Ink } from "./ink.ts";
import type { Varied } from "./variation.ts";

/** Drawings that can be taught: a class of the model each. */
export const CELLS = 10;

/** Pictures that can be dropped at once, to be taught in the place of drawings. */
export const LEAST_PICTURES = 10;
export const MOST_PICTURES = 200;

/** Pictures of the sheet: so many of every cell that is drawn in. */
export const OF_EACH = 2;

/** Of the sheet, a little below what the model believes: one that has learnt for half a minute has not unlearnt every slip. */
export const TEMPERATURE = 0.8;

/** What is learnt: the pictures of the model `glyphs`, so that its weights fit. */
export const PICTURE = { height: 16, width: 16, channels: 1, levels: 4 } as const satisfies PictureShape;

/** What training starts from: the weights of the model `glyphs`, or numbers by chance. */
export const STARTS = ["nothing", "glyphs"] as const;
export type Start = (typeof STARTS)[number];

/** Something to learn and its cell, which is its class: what a pen drew, or one of the pictures that were dropped. */
export interface Shown {
  /** 0 … {@link CELLS} − 1 */
  readonly cell: number;
  readonly drawing: Drawing | Ink;
}

/** What is taught, and how. It may be changed while the model learns. */
export interface Lesson {
  /** At least one. */
  readonly shown: readonly Shown[];
  readonly varied: Varied;
  /** A quarter of the learning rate. */
  readonly slower: boolean;
}

/** How a training begins. */
export interface Beginning extends Lesson {
  /** Whole number, 0 ... 2^53 - 1. */
  readonly seed: number;
  readonly start: Start;
  /** The model file of `glyphs`; null for a start from nothing, or where a memory is given. */
  readonly learned: ArrayBuffer | null;
  /** What an earlier training of the same start and seed had learnt; null for a new one. */
  readonly memory: Memory | null;
}

/** All that a training needs to go on as if it had never stopped. */
export interface Memory {
  /** Steps done. */
  readonly step: number;
  readonly vectors: Readonly<Record<string, Float32Array>>;
}

/** How far the training is, some ten times a second. */
export interface Progress {
  readonly step: number;
  /** Mean nats per picture since the last one. */
  readonly nats: number;
  /** Time of one step, ms. */
  readonly stepMs: number;
}

/** Samples from noise that stays the same. */
export interface Sheet {
  readonly step: number;
  /** Levels, [count, H, W]. */
  readonly pixels: Uint8Array<ArrayBuffer>;
  /** Class of every picture. */
  readonly cells: readonly number[];
  /** Mean nats per picture of the same strokes, moved in ways that are never trained on. */
  readonly heldOut: number;
  /** Cells of which every picture looks like what was drawn there. */
  readonly recognisedCells: readonly number[];
}

/** What the page is told. */
export interface Listener {
  progress(progress: Progress): void;
  sheet(sheet: Sheet): void;
  /** Nothing goes on after this. */
  trouble(message: string): void;
}
