/**
 * Groups of a batch's pictures in turns, a row of each. With attention every position reads what is kept of all rows before, each picture its own: a small group's
 * keys and values stay in the cache while a row of it is drawn, where those of a whole batch would push each other out at every position.
 */
import { LogitsError } from "../../likelihoods/logits-error.ts";
import type { Model } from "../../network/model.ts";
import { dimensions, type PictureShape } from "../../picture.ts";
import type { Drawing, DrawRequest } from "../sampler.ts";
import type { CachedPass } from "./cached-pass.ts";
import { drawBatch } from "./draw-batch.ts";

/** A block of the kernels shares every weight that it loads. */
const BLOCK = 4;
/** Every group has a memory of its own, with the weights. */
const MOST_GROUPS = 8;

/**
 * The pictures of a request, as {@link drawBatch} draws them.
 *
 * @param open a pass for the pictures of a group.
 */
export async function* drawInTurns(
  model: Model,
  request: DrawRequest,
  open: (part: DrawRequest) => Promise<CachedPass>,
): Drawing {
  const { picture } = model.network;
  const size = BLOCK * Math.ceil(request.count / (BLOCK * MOST_GROUPS));
  const drawings: Drawing[] = [];
  try {
    for (let first = 0; first < request.count; first += size) {
      const part = partOf(request, picture, first, Math.min(size, request.count - first));
      drawings.push(drawBatch(model, part, await open(part)));
    }
    for (let row = 0; row < picture.height; row++) {
      const faults: LogitsError[] = [];
      for (const drawing of drawings) {
        await drawing.next().catch((error) => {
          if (!(error instanceof LogitsError)) throw error;
          faults.push(error);
        });
      }
      if (faults.length > 0) throw firstOf(faults);
      yield (row + 1) * picture.width;
    }
  } finally {
    for (const drawing of drawings) await drawing.return();
  }
}

/** Pictures first … first + count - 1 of a request. */
function partOf(request: DrawRequest, picture: PictureShape, first: number, count: number): DrawRequest {
  const { firstIndex, labels, known, pixels, logProbabilities } = request;
  const values = [first, first + count].map((index) => index * dimensions(picture)) as [number, number];
  return {
    ...request,
    count,
    firstIndex: firstIndex + first,
    labels: labels?.subarray(first, first + count) ?? null,
    known: known && { levels: known.levels.subarray(...values), mask: known.mask.subarray(...values) },
    pixels: pixels.subarray(...values),
    logProbabilities: logProbabilities?.subarray(...values) ?? null,
  };
}

/** Of those of a row, as a whole batch comes by them: element by element, at each picture by picture. */
function firstOf(faults: readonly LogitsError[]): LogitsError {
  return faults.reduce((first, fault) =>
    fault.x < first.x || (fault.x === first.x && fault.channel < first.channel) ? fault : first,
  );
}
