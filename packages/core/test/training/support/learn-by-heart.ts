/** Training until a few pictures are known by heart. */
import type { PresetName } from "../../../src/presets/build-preset.ts";
import { type EngineStarter, initialise } from "../../../src/training/index.ts";
import { embeddingOf } from "../../support/values.ts";
import { noDropout, randomBatch, smallNetwork, trainerOptions } from "./small-training.ts";

export interface Pupil {
  readonly model: PresetName;
  /** Of the pictures. */
  readonly channels: number;
  readonly levels: number;
  /** 4, one for each picture, or 0. */
  readonly classes: number;
  readonly embedding: number;
  readonly size: { readonly channels: number; readonly layers: number };
}

/** PixelCNN++ is some times as deep as the others at as many layers: it learns by smaller steps, and with fewer channels. */
export const isDeep = (model: PresetName) => model === "pixelcnn++";

/**
 * Teaches four random pictures, 120 steps at most.
 *
 * @returns the share of the first loss that is left in the end, above what the pictures cost at least: under 0.1 they are known by heart.
 */
export async function lossLeft(
  start: EngineStarter,
  { model: name, channels, levels, classes, embedding, size }: Pupil,
): Promise<number> {
  const picture = { height: 3, width: 4, channels, levels };
  const network = smallNetwork(name, { picture, classes, ...embeddingOf(embedding), ...size });
  const batch = randomBatch(picture, 4, Math.max(1, classes));
  const engine = await start(initialise(network, 1), trainerOptions);
  // Nothing before it tells a first pixel apart, so four different pictures cost ln 4 each at least.
  const least = classes === 4 ? 0 : Math.log(4);
  let first: number | null = null;
  let left = 1;
  for (let step = 0; step < 120 && left >= 0.1; step++) {
    const { nats } = await engine.train(batch, isDeep(name) ? 0.01 : 0.03, noDropout);
    first ??= nats;
    left = (nats - least) / first;
  }
  await engine.dispose();
  return left;
}
