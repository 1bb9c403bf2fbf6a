/**
 * The naive sampler, all values in a pass. Another sampler guesses the pictures, and the network is asked in one batch for what the naive sampler asks one by
 * one: for every value, the guess as far as that value and nothing after it. As long as what is drawn is what was guessed, these are the naive sampler's own
 * questions; from the first value that is not, every value has a pass of its own. So no guess is ever part of a picture: a wrong one takes time, and that is all.
 */
import { type Tensor4D, tensor1d, tensor4d, tidy } from "@tensorflow/tfjs-core";
import { logitsPerPosition, logitsRead } from "../../src/likelihoods/likelihoods.ts";
import type { Model } from "../../src/network/model.ts";
import { dimensions, type LevelArray, levelArray } from "../../src/picture.ts";
import { drawPositions } from "../../src/samplers/draw-positions.ts";
import { incrementalSampler } from "../../src/samplers/incremental/sampler.ts";
import type { DrawRequest, PositionwisePass, Sampler } from "../../src/samplers/sampler.ts";
import { forward } from "../../src/tensors/forward.ts";
import { disposeParameters, uploadParameters } from "../../src/tensors/upload.ts";

/** Draws the pictures of `naiveSampler`, mostly in one pass. */
export const foresightedNaiveSampler: Sampler = foresighted(incrementalSampler);

/** The same with another sampler's guesses. */
export function foresighted(guesser: Sampler): Sampler {
  return {
    name: "naive",
    async *draw(model, request) {
      const guess = levelArray(model.network.picture.levels, request.pixels.length);
      for await (const _ of guesser.draw(model, { ...request, pixels: guess, logProbabilities: null }));
      yield* drawPositions(model.network, request, openForesighted(model, request, guess));
    },
  };
}

/** @param pictures the guess, [B, H, W, C], which becomes what is drawn. */
function openForesighted(
  model: Model,
  { count, labels }: DrawRequest,
  pictures: LevelArray,
): PositionwisePass {
  const { network } = model;
  const { height, width, channels } = network.picture;
  const size = dimensions(network.picture);
  const read = logitsRead(network);
  const perPosition = logitsPerPosition(network);
  const parameters = uploadParameters(model);
  const seen: Float32Array[] = []; // of every value, [B, K]
  let isRight = true;

  /** Asks for the values from `first` to `end`. */
  async function look(first: number, end: number): Promise<void> {
    const pasts = new Float32Array((end - first) * count * size); // [values, B, H, W, C]
    for (let element = first; element < end; element++) {
      for (let b = 0; b < count; b++) {
        const past = pictures.subarray(b * size, b * size + element);
        pasts.set(past, ((element - first) * count + b) * size);
      }
    }
    const batch = (end - first) * count;
    const tensor = tidy(() => {
      const levels: Tensor4D = tensor4d(pasts, [batch, height, width, channels]);
      const repeated = labels && Int32Array.from({ length: batch }, (_, i) => labels[i % count]!);
      return forward(network, parameters, levels, { labels: repeated ? tensor1d(repeated) : undefined });
    });
    const logits = await tensor.data<"float32">();
    tensor.dispose();
    for (let element = first; element < end; element++) {
      const [from, to] = read[element % channels]!;
      const own = new Float32Array(count * (to - from));
      for (let b = 0; b < count; b++) {
        const picture = (element - first) * count + b;
        const at = (picture * height * width + Math.floor(element / channels)) * perPosition;
        own.set(logits.subarray(at + from, at + to), b * (to - from));
      }
      seen[element] = own;
    }
  }

  return {
    async logits(y, x, channel) {
      const element = (y * width + x) * channels + channel;
      if (!isRight) await look(element, element + 1);
      else if (seen[element] === undefined) await look(element, size);
      return seen[element]!;
    },
    set(y, x, channel, levels) {
      const element = (y * width + x) * channels + channel;
      for (let b = 0; b < count; b++) {
        if (pictures[b * size + element] !== levels[b]) isRight = false;
        pictures[b * size + element] = levels[b]!;
      }
    },
    dispose: () => disposeParameters(parameters),
  };
}
