/** What a view asks the drawing worker for. Plain data: it crosses to the worker. */
export interface DrawingRequest {
  /** Number of the first picture, part of its noise; 0 when left out. */
  readonly firstIndex?: number;
  /** Number of pictures, 1 ... {@link MAX_COUNT}; they grow together. */
  readonly count: number;
  /** Whole number, 0 ... 2^53 - 1. */
  readonly seed: number;
  readonly temperature: number;
  /** A class label per picture; null for a model without classes. */
  readonly labels: readonly number[] | null;
  /** Completion: levels and mask, both [H, W, C] or [count, H, W, C]; a value is known where the mask is 1. */
  readonly known?: { readonly levels: Uint8Array; readonly mask: Uint8Array };
  /** Log-probabilities of all values, in nats at temperature 1, beside the pixels. */
  readonly logProbabilities?: boolean;
}

/** Pictures that one request may ask for: they all live in one batch. */
export const MAX_COUNT = 100;

/** One step of a drawing. Arrays are the receiver's own. */
export interface DrawingStep {
  /** Levels, [count, H, W, C]; 0 where nothing is drawn yet. */
  readonly pixels: Uint8Array<ArrayBuffer>;
  /** Nats at temperature 1, [count, H, W, C]; null unless asked for. */
  readonly logProbabilities: Float32Array<ArrayBuffer> | null;
  /** Positions that are final, of H·W. */
  readonly position: number;
  /** Time spent computing since the drawing began. */
  readonly computeMs: number;
}
