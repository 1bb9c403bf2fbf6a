import type { Model } from "../../src/network/model.ts";
import { type LevelArray, levelArray } from "../../src/picture.ts";
import { type SampleOptions, sample } from "../../src/sampling/sample.ts";

/** Draws all pictures of at most 256 levels to the end: levels and log-probabilities (unless `options` decline them), both [count, H, W, C]. */
export async function drawPictures(model: Model, options: SampleOptions = {}) {
  const { levels, logProbabilities } = await drawDeepPictures(model, options);
  if (levels instanceof Uint8Array) return { levels, logProbabilities };
  throw new Error(`expected at most 256 levels, got ${model.network.picture.levels}`);
}

/** The same of any number of levels. */
export async function drawDeepPictures(
  model: Model,
  options: SampleOptions = {},
): Promise<{ levels: LevelArray; logProbabilities: Float32Array }> {
  const levels: number[] = [];
  const logProbabilities: number[] = [];
  for await (const frame of sample(model, { logProbabilities: true, ...options })) {
    if (!frame.complete) continue;
    levels.push(...frame.pixels);
    logProbabilities.push(...(frame.logProbabilities ?? []));
  }
  const all = levelArray(model.network.picture.levels, levels.length);
  all.set(levels);
  return { levels: all, logProbabilities: Float32Array.from(logProbabilities) };
}

/** Log-probabilities of given pictures as a sampler sees them: every value is known, and none is drawn. */
export async function scorePictures(model: Model, levels: LevelArray, options: SampleOptions = {}) {
  const { logProbabilities } = await drawDeepPictures(model, {
    ...options,
    known: { levels, mask: new Uint8Array(levels.length).fill(1) },
  });
  return logProbabilities;
}
