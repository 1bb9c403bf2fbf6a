import type { Model } from "../../src/network/model.ts";
import type { LevelArray } from "../../src/picture.ts";
import { type SampleOptions, sample } from "../../src/sampling/sample.ts";

/** Draws all pictures to the end: levels and log-probabilities (unless `options` decline them), both [count, H, W, C]. */
export async function drawPictures(model: Model, options: SampleOptions = {}) {
  const levels: number[] = [];
  const logProbabilities: number[] = [];
  for await (const frame of sample(model, { logProbabilities: true, ...options })) {
    if (!frame.complete) continue;
    levels.push(...frame.pixels);
    logProbabilities.push(...(frame.logProbabilities ?? []));
  }
  return { levels: Uint8Array.from(levels), logProbabilities: Float32Array.from(logProbabilities) };
}

/** Log-probabilities of given pictures as a sampler sees them: every value is known, and none is drawn. */
export async function scorePictures(model: Model, levels: LevelArray, options: SampleOptions = {}) {
  const { logProbabilities } = await drawPictures(model, {
    ...options,
    known: { levels, mask: new Uint8Array(levels.length).fill(1) },
  });
  return logProbabilities;
}
