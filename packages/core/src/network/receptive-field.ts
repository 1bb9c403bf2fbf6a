/**
 * The receptive field as a picture: which pixels the logits of one channel see, the blind spot included.
 * van den Oord et al. 2016, arXiv:1606.05328, figure 1 (right).
 */

import { OptionError } from "../errors.ts";
import { isEarlier } from "./causality.ts";
import type { Network } from "./graph.ts";
import type { Offset } from "./offsets.ts";
import { seesOf } from "./sees.ts";
import { WorkBudget } from "./work-budget.ts";

/** What the logits of one picture channel see, and what they miss. */
export interface ReceptiveField {
  /** What the logits see, in raster order. */
  readonly seen: readonly Offset[];
  /** Earlier values inside the bounding rows and columns of `seen` that the logits do not see. */
  readonly blindSpot: readonly Offset[];
  /** Rows above, columns to the left, columns to the right. */
  readonly reach: { readonly up: number; readonly left: number; readonly right: number };
}

/** What an offset costs that is listed, in steps of the budget. */
const PRICE_OF_AN_OFFSET = 16;

/**
 * The receptive field of the logits of picture channel `channel`, clipped to what an H×W picture can show.
 *
 * @throws {OptionError} for a channel that there is not, {NetworkError} when it has more offsets than anybody could look at (some four million).
 */
export function receptiveField(network: Network, channel = 0): ReceptiveField {
  const { channels } = network.picture;
  if (!Number.isInteger(channel) || channel < 0 || channel >= channels) {
    throw new OptionError(`expected a channel from 0 to ${channels - 1}, got ${channel}`);
  }
  const set = seesOf(network).get(network.output)![channel]!;
  const budget = new WorkBudget(network, "list the receptive field of");
  budget.spend(PRICE_OF_AN_OFFSET * set.size);
  const seen = [...set];
  let [up, left, right] = [0, 0, 0];
  for (const { dy, dx } of seen) {
    up = Math.max(up, -dy);
    left = Math.max(left, -dx);
    right = Math.max(right, dx);
  }
  budget.spend(PRICE_OF_AN_OFFSET * (up + 1) * (left + 1 + right) * channels);
  const blindSpot: Offset[] = [];
  for (let dy = -up; dy <= 0; dy++) {
    for (let dx = -left; dx <= right; dx++) {
      for (let source = 0; source < channels; source++) {
        const offset = { dy, dx, channel: source };
        if (isEarlier(offset, channel) && !set.has(offset)) blindSpot.push(offset);
      }
    }
  }
  return { seen, blindSpot, reach: { up, left, right } };
}
