/** Small changes that leave a drawing the same drawing: moved, turned, made larger or smaller. Each by noise of its own address. */
import { Purpose, uniform } from "@pixelcnn/core";

export interface Variation {
  /** Radians. */
  readonly turn: number;
  readonly scale: number;
  /** Shares of the cell. */
  readonly across: number;
  readonly down: number;
}

/** As it was drawn. */
export const STILL: Variation = { turn: 0, scale: 1, across: 0, down: 0 };

/** Which of them are made. */
export interface Varied {
  readonly shift: boolean;
  readonly turn: boolean;
  readonly scale: boolean;
}

/** The largest of each, to either side: a pixel of sixteen, six degrees, a twelfth. */
const MOST_SHIFT = 1 / 16;
const MOST_TURN = Math.PI / 30;
const MOST_SCALE = 1 / 12;

/** The variation of a drawing at a time. @param index the drawing's. @param time a step, from 1. */
export function variationAt(varied: Varied, seed: number, index: number, time: number): Variation {
  const within = (element: number, most: number) =>
    most * (2 * uniform(seed, index, element, Purpose.augment, 0, time) - 1);
  return {
    turn: varied.turn ? within(0, MOST_TURN) : 0,
    scale: varied.scale ? 1 + within(1, MOST_SCALE) : 1,
    across: varied.shift ? within(2, MOST_SHIFT) : 0,
    down: varied.shift ? within(3, MOST_SHIFT) : 0,
  };
}
