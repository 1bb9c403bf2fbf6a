/**
 * Ancestral sampling as in samplers/draw-positions.ts, in pinned arithmetic: a level is drawn from the weights that the cached pass
 * computes, whose sums are float64, or from its mixture. No engine's exponential is asked, so every machine draws the same pictures.
 */

import { earlierChannels } from "../../likelihoods/likelihood.ts";
import { likelihoodOf, logitsRead } from "../../likelihoods/likelihoods.ts";
import { areFinite, LogitsError } from "../../likelihoods/logits-error.ts";
import type { Model } from "../../network/model.ts";
import { type LevelArray, levelArray } from "../../picture.ts";
import { Purpose, uniform } from "../../random/noise.ts";
import type { Drawing, DrawRequest } from "../sampler.ts";
import type { CachedPass } from "./cached-pass.ts";
import { openDraw } from "./draw-levels.ts";

/** Draws a batch, which it disposes of however it ends. Yields after every row. */
export async function* drawBatch({ network }: Model, request: DrawRequest, pass: CachedPass): Drawing {
  const { height, width, channels } = network.picture;
  const levels = levelArray(network.picture.levels, request.count);
  const draw = drawer(network, request, pass, levels);
  try {
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        for (let c = 0; c < channels; c++) {
          pass.advance(y, x, c);
          draw(y, x, c);
          pass.set(y, x, c, levels);
        }
      }
      yield (y + 1) * width;
    }
  } finally {
    pass.dispose();
  }
}

/** Draws one value of every picture to `levels`, and records it. */
function drawer(
  network: Model["network"],
  request: DrawRequest,
  pass: CachedPass,
  levels: LevelArray,
): (y: number, x: number, channel: number) => void {
  const { picture } = network;
  const { count, seed, firstIndex, temperature, known, pixels, logProbabilities } = request;
  const likelihood = likelihoodOf(network);
  const strides = logitsRead(network).map(([start, end]) => end - start);
  const size = picture.height * picture.width * picture.channels;
  /** At T = 0 nothing but logits is compared. */
  const isDrawn = temperature > 0;
  /** -1 where the logits are not finite. */
  const drawn = new Int32Array(count);
  /** The value that is drawn, of H·W·C. */
  let element = 0;
  const earlier = (b: number) => earlierChannels(pixels, b * size + element, element % picture.channels);
  const u = (b: number) => uniform(seed, firstIndex + b, element, Purpose.sample, 0, 0);
  const drawAll = openDraw[likelihood.kind](pass, { temperature, u, earlier, drawn }, picture.levels);
  return (y, x, channel) => {
    const stride = strides[channel]!;
    element = (y * picture.width + x) * picture.channels + channel;
    const logits = isDrawn && logProbabilities === null ? null : pass.logits(y, x, channel);
    if (isDrawn) drawAll(y, x, channel);
    const value = (b: number) => {
      return { logits: logits!, offset: b * stride, levels: picture.levels, earlier: earlier(b) };
    };
    for (let b = 0; b < count; b++) {
      const at = b * size + element;
      const isKnown = known?.mask[at] === 1;
      const isStrange = logits === null ? drawn[b]! < 0 : !areFinite(logits, b * stride, stride);
      if (isStrange && !(isKnown && logProbabilities === null)) {
        throw new LogitsError(picture, firstIndex + b, element);
      }
      const level = isKnown ? known.levels[at]! : isDrawn ? drawn[b]! : likelihood.draw(value(b), 0, 0);
      levels[b] = level;
      pixels[at] = level;
      if (logProbabilities) {
        logProbabilities[at] = likelihood.logProbability(value(b), level);
      }
    }
  };
}
