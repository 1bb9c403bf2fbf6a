/**
 * Ancestral sampling: value after value in raster order, each drawn from its distribution given all before it.
 * van den Oord et al. 2016, arXiv:1601.06759, section 2.1.
 */

import { earlierChannels } from "../likelihoods/likelihood.ts";
import { likelihoodOf, logitsRead } from "../likelihoods/likelihoods.ts";
import { areFinite, LogitsError } from "../likelihoods/logits-error.ts";
import type { Network } from "../network/graph.ts";
import { type LevelArray, levelArray } from "../picture.ts";
import { Purpose, uniform } from "../random/noise.ts";
import type { Drawing, DrawRequest, PositionwisePass } from "./sampler.ts";

/** Draws a batch through a position sampler, which it disposes of however it ends. Yields after every row. */
export async function* drawPositions(
  network: Network,
  request: DrawRequest,
  sampler: PositionwisePass,
): Drawing {
  const { height, width, channels } = network.picture;
  const draw = drawer(network, request);
  const levels = levelArray(network.picture.levels, request.count);
  try {
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        for (let c = 0; c < channels; c++) {
          const answer = sampler.logits(y, x, c);
          const logits = answer instanceof Float32Array ? answer : await answer;
          draw((y * width + x) * channels + c, logits, levels);
          sampler.set(y, x, c, levels);
        }
      }
      yield (y + 1) * width;
    }
  } finally {
    sampler.dispose();
  }
}

/** Draws the value at flat index `element` of every picture to `levels`, and records it. */
function drawer(
  network: Network,
  request: DrawRequest,
): (element: number, logits: Float32Array, levels: LevelArray) => void {
  const { picture } = network;
  const likelihood = likelihoodOf(network);
  const strides = logitsRead(network).map(([start, end]) => end - start);
  const size = picture.height * picture.width * picture.channels;
  const { seed, firstIndex, temperature, known, pixels, logProbabilities } = request;
  return (element, logits, levels) => {
    const channel = element % picture.channels;
    const stride = strides[channel]!;
    for (let b = 0; b < request.count; b++) {
      const at = b * size + element;
      const isKnown = known?.mask[at] === 1;
      if (!(isKnown && logProbabilities === null) && !areFinite(logits, b * stride, stride)) {
        throw new LogitsError(picture, firstIndex + b, element);
      }
      const earlier = earlierChannels(pixels, at, channel);
      const value = { logits, offset: b * stride, levels: picture.levels, earlier };
      const level = isKnown
        ? known.levels[at]!
        : likelihood.draw(value, temperature, uniform(seed, firstIndex + b, element, Purpose.sample, 0, 0));
      levels[b] = level;
      pixels[at] = level;
      if (logProbabilities) logProbabilities[at] = likelihood.logProbability(value, level);
    }
  };
}
