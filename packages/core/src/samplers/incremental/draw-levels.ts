/** The draw of a value of every picture at a temperature above 0, by likelihood, in pinned arithmetic. */
import type { LikelihoodKind } from "../../likelihoods/likelihood.ts";
import { pickLevel } from "../../likelihoods/pick-level.ts";
import type { CachedPass, ValueDraw } from "./cached-pass.ts";
import { type WeighLevels, weighLevels } from "./weigh-levels.ts";

/** Draws picture channel `channel` at (y, x) of every picture, of K levels, of which the logits are known. */
type DrawLevels = (
  pass: CachedPass,
  y: number,
  x: number,
  channel: number,
  draw: ValueDraw,
  levels: number,
) => void;

export const drawLevels = {
  bernoulli: byWeights(weighLevels.bernoulli),
  categorical: byWeights(weighLevels.categorical),
  mixture: (pass, y, x, channel, draw) => pass.drawMixtures(y, x, channel, draw),
} as const satisfies Record<LikelihoodKind, DrawLevels>;

function byWeights(weigh: WeighLevels): DrawLevels {
  return (pass, y, x, channel, { temperature, u, drawn }, levels) => {
    weigh(pass, y, x, channel, temperature, (picture, floats, from, step) => {
      drawn[picture] = pickLevel(floats, from, step, levels, u(picture));
    });
  };
}
