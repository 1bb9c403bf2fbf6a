/**
 * Draws whole pictures at once. With the noise frozen, a picture is the one fixed point of
 *
 *     pixels ← draw(forward(pixels), noise),
 *
 * and because a value depends on earlier ones alone, repeating that from any start reaches it: a pass whose input is right
 * before element e gives the right value at e. So everything up to and including the first element that a pass changes is
 * final, every pass adds at least one, and a pass that changes nothing is the last. Far fewer passes than elements are
 * needed where most values hardly depend on their neighbours.
 *
 * Song, Meng, Liao & Ermon 2021, arXiv:2002.03629 (Jacobi iteration, section 4); Wiggers & Hoogeboom 2020,
 * arXiv:2002.09928 (section 3). Without their learned forecasts: the forecast is the picture of the pass before.
 */

import { type Tensor4D, tensor1d, tensor4d, tidy } from "@tensorflow/tfjs-core";
import { earlierChannels } from "../likelihoods/likelihood.ts";
import { likelihoodOf, logitsPerPosition, logitsRead } from "../likelihoods/likelihoods.ts";
import { areFinite, LogitsError } from "../likelihoods/logits-error.ts";
import type { Model } from "../network/model.ts";
import { dimensions } from "../picture.ts";
import { Purpose, uniforms } from "../random/noise.ts";
import type { Drawing, DrawRequest, Sampler } from "../samplers/sampler.ts";
import { forward } from "./forward.ts";
import { disposeParameters, uploadParameters } from "./upload.ts";

/** Exactly the naive sampler's pictures (same backend, same batch), in fewer passes. Yields after every pass. */
export const fixedPointSampler: Sampler = { name: "fixed-point", draw: drawFixedPoint };

async function* drawFixedPoint(model: Model, request: DrawRequest): Drawing {
  const { network } = model;
  const { height, width, channels } = network.picture;
  const { count, labels } = request;
  const size = dimensions(network.picture);
  const noise = noiseOf(request, size);
  const forecast = forecastOf(request, size);
  const parameters = uploadParameters(model);
  const classes = labels === null ? undefined : tensor1d(labels, "int32");
  try {
    for (let final = 0; final < size; ) {
      const logits = tidy((): Tensor4D => {
        const levels = tensor4d(forecast, [count, height, width, channels]);
        return forward(network, parameters, levels, { labels: classes });
      });
      try {
        const values = (await logits.data<"float32">()) as Float32Array;
        final = redraw(model, request, values, noise, forecast, final);
      } finally {
        logits.dispose();
      }
      yield Math.floor(final / channels);
    }
  } finally {
    disposeParameters(parameters);
    classes?.dispose();
  }
}

/** Forecast where logits are not finite: an error once it is final, and until then as good as any. */
const NOTHING = -1;

/** The uniform number of every value, [B, H, W, C]. 24 bits: float32 holds them exactly. */
function noiseOf({ count, seed, firstIndex }: DrawRequest, size: number): Float32Array {
  const noise = new Float32Array(count * size);
  for (let b = 0; b < count; b++) {
    const address = { seed, index: firstIndex + b, purpose: Purpose.sample };
    uniforms(noise.subarray(b * size, (b + 1) * size), address);
  }
  return noise;
}

/** What to begin with: known values, and 0 elsewhere. [B, H, W, C] */
function forecastOf({ count, known }: DrawRequest, size: number): Float32Array {
  return Float32Array.from({ length: count * size }, (_, at) =>
    known?.mask[at] === 1 ? known.levels[at]! : 0,
  );
}

/**
 * Draws every value from `final` on and hands over what has become final.
 *
 * @param logits of the forecast, [B, H, W, logits of a position].
 * @returns number of leading elements of all pictures that are final now: larger than `final`.
 */
function redraw(
  { network }: Model,
  request: DrawRequest,
  logits: Float32Array,
  noise: Float32Array,
  forecast: Float32Array,
  final: number,
): number {
  const { count, temperature, known, pixels, logProbabilities } = request;
  const { picture } = network;
  const { levels, channels } = picture;
  const size = dimensions(picture);
  const likelihood = likelihoodOf(network);
  const perPosition = logitsPerPosition(network);
  const read = logitsRead(network);
  const offset = (at: number) => Math.floor(at / channels) * perPosition + read[at % channels]![0];
  const hasLogits = (at: number) => {
    const [start, end] = read[at % channels]!;
    return areFinite(logits, offset(at), end - start);
  };
  // A forecast of the earlier channels as far as they are final; from there on, what is drawn now is a forecast itself.
  const value = (at: number) => {
    const earlier = earlierChannels(forecast, at, at % channels);
    return { logits, offset: offset(at), levels, earlier };
  };
  let unchanged = size;
  for (let b = 0; b < count; b++) {
    for (let element = final; element < size; element++) {
      const at = b * size + element;
      const level =
        known?.mask[at] === 1
          ? known.levels[at]!
          : hasLogits(at)
            ? likelihood.draw(value(at), temperature, noise[at]!)
            : NOTHING;
      if (level !== forecast[at] && element < unchanged) unchanged = element;
      forecast[at] = level;
    }
  }
  // The first change was drawn from a past that is final, so it is final too.
  const end = Math.min(unchanged + 1, size);
  for (let element = final; element < end; element++) {
    for (let b = 0; b < count; b++) {
      const at = b * size + element;
      if (forecast[at] === NOTHING || (logProbabilities && !hasLogits(at))) {
        throw new LogitsError(picture, request.firstIndex + b, element);
      }
      pixels[at] = forecast[at]!;
      if (logProbabilities) {
        logProbabilities[at] = likelihood.logProbability(value(at), pixels[at]!);
      }
    }
  }
  return end;
}
