/** A value's counts as its likelihood makes them of the cached pass, in pinned arithmetic. */

import { earlierChannels, type LikelihoodKind } from "../likelihoods/likelihood.ts";
import { likelihoodOf, logitsRead } from "../likelihoods/likelihoods.ts";
import { areFinite } from "../likelihoods/logits-error.ts";
import type { Network } from "../network/graph.ts";
import type { LevelArray } from "../picture.ts";
import type { CachedPass } from "../samplers/incremental/cached-pass.ts";
import { type WeighLevels, weighLevels } from "../samplers/incremental/weigh-levels.ts";
import { ValueCounts } from "./value-counts.ts";

/**
 * Visits the counts of picture channel `channel` at (y, x), picture after picture; valid until the visit is over. Null where the
 * model gives no distribution.
 *
 * @param pixels levels of the pixel's channels before, [B, C].
 */
export type CountLevels = (
  pass: CachedPass,
  y: number,
  x: number,
  channel: number,
  pixels: LevelArray,
  visit: (picture: number, counts: ValueCounts | null) => void,
) => void;

/** How the levels of a network's pictures are counted. */
export function levelCounter(network: Network): CountLevels {
  return counters[likelihoodOf(network).kind](network);
}

const counters = {
  bernoulli: (network) => byWeights(network, weighLevels.bernoulli),
  categorical: (network) => byWeights(network, weighLevels.categorical),
  mixture: byCdf,
} as const satisfies Record<LikelihoodKind, (network: Network) => CountLevels>;

function byWeights({ picture: { levels } }: Network, weigh: WeighLevels): CountLevels {
  /** What the levels below each weigh, [K + 1] */
  const sums = new Float64Array(levels + 1);
  const counts = new ValueCounts(levels, (level) => sums[level]!, 1);
  return (pass, y, x, channel, _, visit) => {
    weigh(pass, y, x, channel, 1, (picture, weights, from, step) => {
      for (let k = 0, at = from; k < levels; k++, at += step) sums[k + 1] = sums[k]! + weights[at]!;
      const total = sums[levels]!;
      visit(picture, total > 0 && total < Number.POSITIVE_INFINITY ? counts : null);
    });
  };
}

function byCdf(network: Network): CountLevels {
  const likelihood = likelihoodOf(network);
  const { channels, levels } = network.picture;
  const read = logitsRead(network);
  /** Of every picture's pixel, for its next channel: all channels of one come before the next pixel. */
  const kept: Float64Array[] = [];
  let cdf: (level: number) => number;
  const counts = new ValueCounts(levels, (level) => cdf(level - 1), 2);
  return (pass, y, x, channel, pixels, visit) => {
    const [start, end] = read[channel]!;
    const stride = end - start;
    const logits = pass.logits(y, x, channel);
    for (let picture = 0, offset = 0; offset < logits.length; picture++, offset += stride) {
      const earlier = earlierChannels(pixels, picture * channels + channel, channel);
      const isSound = areFinite(logits, offset, stride);
      kept[picture] ??= new Float64Array(likelihood.keptOfPixel);
      if (isSound) cdf = likelihood.cdf({ logits, offset, levels, earlier }, kept[picture]);
      visit(picture, isSound ? counts : null);
    }
  };
}
