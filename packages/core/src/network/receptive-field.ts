/**
 * The receptive field as a picture: which pixels the logits of one channel see, the blind spot included.
 * van den Oord et al. 2016, arXiv:1606.05328, figure 1 (right).
 */

import { isEarlier } from "./causality.ts";
import type { Network } from "./graph.ts";
import type { Offset } from "./offsets.ts";
import { seesOf } from "./sees.ts";

/** What the logits of one picture channel see, and what they miss. */
export interface ReceptiveField {
  /** What the logits see, in raster order. */
  readonly seen: readonly Offset[];
  /** Earlier values inside the bounding rows and columns of `seen` that the logits do not see. */
  readonly blindSpot: readonly Offset[];
  /** Rows above, columns to the left, columns to the right. */
  readonly reach: { readonly up: number; readonly left: number; readonly right: number };
}

/** The receptive field of the logits of picture channel `channel`, clipped to what an H×W picture can show. */
export function receptiveField(network: Network, channel = 0): ReceptiveField {
  const set = seesOf(network).get(network.output)![channel]!;
  const seen = [...set];
  const up = -Math.min(0, ...seen.map(({ dy }) => dy));
  const left = -Math.min(0, ...seen.map(({ dx }) => dx));
  const right = Math.max(0, ...seen.map(({ dx }) => dx));
  const blindSpot: Offset[] = [];
  for (let dy = -up; dy <= 0; dy++) {
    for (let dx = -left; dx <= right; dx++) {
      for (let source = 0; source < network.picture.channels; source++) {
        const offset = { dy, dx, channel: source };
        if (isEarlier(offset, channel) && !set.has(offset)) blindSpot.push(offset);
      }
    }
  }
  return { seen, blindSpot, reach: { up, left, right } };
}
