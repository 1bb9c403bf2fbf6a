/**
 * Ancestral sampling as in sampling/draw-positions.ts, with the exponentials of a categorical draw computed by the kernels.
 * They are all that 256 levels cost; sums stay in float64, so the draw is as exact as the logits.
 */

import { earlierChannels, type LikelihoodKind } from "../../../likelihoods/likelihood.ts";
import { likelihoodOf } from "../../../likelihoods/likelihoods.ts";
import { areFinite, LogitsError } from "../../../likelihoods/logits-error.ts";
import { pickLevel } from "../../../likelihoods/pick-level.ts";
import type { Model } from "../../../network/model.ts";
import { Purpose, uniform } from "../../../random/noise.ts";
import type { Drawing, DrawRequest } from "../../sampler.ts";
import type { Batch } from "./batch.ts";

/** Whether the kernels compute a level's weights, the exponentials of its logits; what has few is drawn as everywhere. */
const drawnByWeights = { bernoulli: false, categorical: true } as const satisfies Record<
  LikelihoodKind,
  boolean
>;

/** Draws a batch, which it disposes of however it ends. Yields after every row. */
export async function* drawBatch({ network }: Model, request: DrawRequest, batch: Batch): Drawing {
  const { height, width, channels } = network.picture;
  const levels = new Uint8Array(request.count);
  const draw = drawer(network.picture, request, batch, levels);
  try {
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        for (let c = 0; c < channels; c++) {
          batch.advance(y, x, c);
          draw(y, x, c);
          batch.set(y, x, c, levels);
        }
      }
      yield (y + 1) * width;
    }
  } finally {
    batch.dispose();
  }
}

/** Draws one value of every picture to `levels`, and records it. */
function drawer(
  picture: Model["network"]["picture"],
  request: DrawRequest,
  batch: Batch,
  levels: Uint8Array,
): (y: number, x: number, channel: number) => void {
  const { count, seed, firstIndex, temperature, known, pixels, logProbabilities } = request;
  const likelihood = likelihoodOf(picture);
  const stride = likelihood.logitsPerChannel(picture.levels);
  const size = picture.height * picture.width * picture.channels;
  const byWeights = drawnByWeights[likelihood.kind] && temperature > 0;
  /** By weights: -1 where the logits are not finite. */
  const picked = new Int16Array(count);
  return (y, x, channel) => {
    const element = (y * picture.width + x) * picture.channels + channel;
    const noise = (b: number) => uniform(seed, firstIndex + b, element, Purpose.sample, 0, 0);
    const logits = byWeights && logProbabilities === null ? null : batch.logits(y, x, channel);
    if (byWeights) {
      batch.weights(y, x, channel, temperature, (b, floats, from, step) => {
        picked[b] = pickLevel(floats, from, step, picture.levels, noise(b));
      });
    }
    const value = (b: number) => {
      const at = b * size + element;
      const earlier = earlierChannels(pixels, at, channel);
      return { logits: logits!, offset: b * stride, levels: picture.levels, earlier };
    };
    for (let b = 0; b < count; b++) {
      const at = b * size + element;
      const isKnown = known?.mask[at] === 1;
      const isStrange = logits === null ? picked[b]! < 0 : !areFinite(logits, b * stride, stride);
      if (isStrange && !(isKnown && logProbabilities === null)) {
        throw new LogitsError(picture, firstIndex + b, element);
      }
      const level = isKnown
        ? known.levels[at]!
        : byWeights
          ? picked[b]!
          : likelihood.draw(value(b), temperature, noise(b));
      levels[b] = level;
      pixels[at] = level;
      if (logProbabilities) {
        logProbabilities[at] = likelihood.logProbability(value(b), level);
      }
    }
  };
}
