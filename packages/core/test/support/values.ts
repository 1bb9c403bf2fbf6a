import { earlierChannels, type ValueLogits } from "../../src/likelihoods/likelihood.ts";
import {
  likelihoodOf,
  logitsPerPosition,
  logitsRead,
  type Modelled,
} from "../../src/likelihoods/likelihoods.ts";
import type { LevelArray, PictureShape } from "../../src/picture.ts";

/** What a picture's likelihood says of one value that stands alone in its pixel. */
const alone = (logits: ArrayLike<number>, offset: number, levels: number) => {
  return { logits, offset, levels, earlier: [] };
};
const ofLevels = (levels: number) => likelihoodOf({ picture: { channels: 1, levels } });

/** log P(level) of the value whose logits begin at `offset`, nats. */
export function logProbability(
  logits: ArrayLike<number>,
  offset: number,
  levels: number,
  level: number,
): number {
  return ofLevels(levels).logProbability(alone(logits, offset, levels), level);
}

/** The level that `u` draws of it. */
export function drawLevel(
  logits: ArrayLike<number>,
  offset: number,
  levels: number,
  temperature: number,
  u: number,
): number {
  return ofLevels(levels).draw(alone(logits, offset, levels), temperature, u);
}

/** Logits of a picture channel where no mixture was chosen. */
export function logitsPerChannel({ levels }: Pick<PictureShape, "levels">): number {
  return ofLevels(levels).logitsOfChannel(levels, 0);
}

/** Value i of pictures, [B, H, W, C], as a network's likelihood sees it; `logits` are those of all positions. */
function valueAt(modelled: Modelled, logits: ArrayLike<number>, levels: LevelArray, i: number): ValueLogits {
  const { channels, levels: K } = modelled.picture;
  const [start] = logitsRead(modelled)[i % channels]!;
  const offset = Math.floor(i / channels) * logitsPerPosition(modelled) + start;
  return { logits, offset, levels: K, earlier: earlierChannels(levels, i, i % channels) };
}

/** log P of value i. */
export function scoreAt(
  modelled: Modelled,
  logits: ArrayLike<number>,
  levels: LevelArray,
  i: number,
): number {
  return likelihoodOf(modelled).logProbability(valueAt(modelled, logits, levels, i), levels[i]!);
}

/** A mixture of so many components, as an option of presets; none for 0. */
export function mixtureOf(components: number) {
  return components === 0 ? {} : { likelihood: { kind: "mixture", components } as const };
}

/** A table of so many columns in place of the value itself, as an option of presets; none for 0. */
export function embeddingOf(columns: number) {
  return columns === 0 ? {} : { embedding: columns };
}
