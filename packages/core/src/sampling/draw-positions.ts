/**
 * Ancestral sampling: value after value in raster order, each drawn from its distribution given all before it.
 * van den Oord et al. 2016, arXiv:1601.06759, section 2.1.
 */
import { drawLevel } from "../likelihood/draw.ts";
import { logProbability } from "../likelihood/log-probability.ts";
import { areFinite, LogitsError } from "../likelihood/logits-error.ts";
import { logitsPerChannel, type PictureShape } from "../network/graph.ts";
import { Purpose, uniform } from "./noise.ts";
import type { Drawing, DrawRequest, PositionReader } from "./reader.ts";

/** Draws a batch through a position reader, which it disposes of however it ends. Yields after every row. */
export async function* drawPositions(
  picture: PictureShape,
  request: DrawRequest,
  reader: PositionReader,
): Drawing {
  const { height, width, channels } = picture;
  const levels = new Uint8Array(request.count);
  try {
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        for (let c = 0; c < channels; c++) {
          const answer = reader.logits(y, x, c);
          const logits = answer instanceof Float32Array ? answer : await answer;
          drawValues(picture, request, (y * width + x) * channels + c, logits, levels);
          reader.set(y, x, c, levels);
        }
      }
      yield (y + 1) * width;
    }
  } finally {
    reader.dispose();
  }
}

/** Draws the value at flat index `element` of every picture. */
function drawValues(
  picture: PictureShape,
  request: DrawRequest,
  element: number,
  logits: Float32Array,
  levels: Uint8Array,
): void {
  const stride = logitsPerChannel(picture);
  const size = picture.height * picture.width * picture.channels;
  const { seed, firstIndex, temperature, known, pixels, logProbabilities } = request;
  for (let b = 0; b < request.count; b++) {
    const at = b * size + element;
    const isKnown = known?.mask[at] === 1;
    if (!(isKnown && logProbabilities === null) && !areFinite(logits, b * stride, stride)) {
      throw new LogitsError(picture, firstIndex + b, element);
    }
    const level = isKnown
      ? known.levels[at]!
      : drawLevel(
          logits,
          b * stride,
          picture.levels,
          temperature,
          uniform(seed, firstIndex + b, element, Purpose.sample, 0, 0),
        );
    levels[b] = level;
    pixels[at] = level;
    if (logProbabilities) logProbabilities[at] = logProbability(logits, b * stride, picture.levels, level);
  }
}
