/** Drawings as a batch: each varied by noise of the step's own address. */
import type { Batch } from "@pixelcnn/core/data";
import { PICTURE, type Shown } from "./lesson.ts";
import { rasterise } from "./rasterise.ts";
import { type Varied, variationAt } from "./variation.ts";

const SIZE = PICTURE.height * PICTURE.width;

/** Pictures of a step. */
const BATCH = 10;
/** Held-out pictures: enough that their mean does not jump about. */
const HELD_OUT = 20;
/** Nothing is trained at time 0. */
const HELD_OUT_TIME = 0;
const ALL: Varied = { shift: true, turn: true, scale: true };

/** Every drawing in turn, steps on end. @param step from 1. */
export function batchAt(shown: readonly Shown[], varied: Varied, seed: number, step: number): Batch {
  return batchOf(shown, BATCH, (place) => {
    const index = (step - 1) * BATCH + place;
    return { index, variation: variationAt(varied, seed, place, step) };
  });
}

/** The same strokes, varied in ways that no step is given. */
export function heldOutBatch(shown: readonly Shown[], seed: number): Batch {
  return batchOf(shown, HELD_OUT, (place) => ({
    index: place,
    variation: variationAt(ALL, seed, place, HELD_OUT_TIME),
  }));
}

function batchOf(
  shown: readonly Shown[],
  count: number,
  at: (place: number) => { readonly index: number; readonly variation: ReturnType<typeof variationAt> },
): Batch {
  const levels = new Uint8Array(count * SIZE);
  const labels = new Int32Array(count);
  for (let place = 0; place < count; place++) {
    const { index, variation } = at(place);
    const { cell, drawing } = shown[index % shown.length]!;
    rasterise(levels.subarray(place * SIZE, (place + 1) * SIZE), drawing, PICTURE, variation);
    labels[place] = cell;
  }
  return { levels, labels };
}
