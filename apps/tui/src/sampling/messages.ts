/** What the screen and the thread that draws tell each other. */
import type { LevelArray, PictureShape } from "@pixelcnn/core";
import type { SamplerName } from "./samplers.ts";

/** What is drawn: batch after batch without end, pictures `first`, `first` + `count`, ... */
export interface DrawingRequest {
  readonly path: string;
  readonly count: number;
  readonly first: number;
  readonly seed: number;
  readonly temperature: number;
  /** One class for all; null for every class in turn, or for a model without classes. */
  readonly classLabel: number | null;
  readonly sampler: SamplerName;
  readonly surprise: boolean;
  readonly known: Known | null;
}

/** Levels given beforehand, both [H, W, C]. */
export interface Known {
  readonly levels: LevelArray;
  readonly mask: Uint8Array;
}

export interface ModelInfo {
  readonly picture: PictureShape;
  readonly classes: number;
  /** Null where they are called by their numbers. */
  readonly classNames: readonly string[] | null;
  readonly weights: number;
  readonly dataset: string;
}

export type Command =
  | { readonly type: "load"; readonly path: string }
  /** Ends the drawing before it. */
  | { readonly type: "draw"; readonly id: number; readonly request: DrawingRequest; readonly allowed: number }
  /** Positions that may be drawn, counted over all batches. */
  | { readonly type: "allow"; readonly id: number; readonly allowed: number }
  /** The frame before was shown; only now comes the next one. */
  | { readonly type: "shown"; readonly id: number }
  /** Top rows of a picture file, for a completion. */
  | { readonly type: "read-picture"; readonly path: string; readonly model: string; readonly rows: number };

export interface DrawnFrame {
  readonly batch: number;
  /** Index of the first picture. */
  readonly first: number;
  readonly count: number;
  /** Positions of every picture that are final, of H·W. */
  readonly position: number;
  /** [count, H, W, C] levels. */
  readonly pixels: LevelArray;
  /** Nats, [count, H, W, C]; null unless asked for. */
  readonly logProbabilities: Float32Array | null;
  /** What drew it. */
  readonly sampler: string;
  /** Positions of all pictures that this drawing has drawn since its first frame, and how long the sampler took for them. */
  readonly drawnPositions: number;
  readonly busyMs: number;
}

export type Report =
  | { readonly type: "loaded"; readonly path: string; readonly info: ModelInfo }
  | { readonly type: "load-failed"; readonly path: string; readonly message: string }
  | { readonly type: "frame"; readonly id: number; readonly frame: DrawnFrame }
  | { readonly type: "draw-failed"; readonly id: number; readonly message: string }
  | { readonly type: "picture"; readonly known: Known }
  | { readonly type: "picture-failed"; readonly message: string };
