import { likelihoodOf } from "../../src/likelihoods/likelihoods.ts";

/** What a picture's likelihood says of one value that stands alone in its pixel. */
const alone = (logits: ArrayLike<number>, offset: number, levels: number) => {
  return { logits, offset, levels, earlier: [] };
};

/** log P(level) of the value whose logits begin at `offset`, nats. */
export function logProbability(
  logits: ArrayLike<number>,
  offset: number,
  levels: number,
  level: number,
): number {
  return likelihoodOf({ levels }).logProbability(alone(logits, offset, levels), level);
}

/** The level that `u` draws of it. */
export function drawLevel(
  logits: ArrayLike<number>,
  offset: number,
  levels: number,
  temperature: number,
  u: number,
): number {
  return likelihoodOf({ levels }).draw(alone(logits, offset, levels), temperature, u);
}
