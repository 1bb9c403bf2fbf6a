/** The draw of a value of every picture at a temperature above 0, by likelihood, in pinned arithmetic. */
import type { LikelihoodKind } from "../../likelihoods/likelihood.ts";
import { pickLevel } from "../../likelihoods/pick-level.ts";
import type { CachedPass, ValueDraw, VisitWeights } from "./cached-pass.ts";
import { type WeighLevels, weighLevels } from "./weigh-levels.ts";

/** Draws picture channel `channel` at (y, x) of every picture, once its logits are known. */
type Draw = (y: number, x: number, channel: number) => void;

/** A draw of K levels. What a value asks for is made here once: a closure per value took a twentieth of a small batch's time. */
type OpenDraw = (pass: CachedPass, draw: ValueDraw, levels: number) => Draw;

export const openDraw = {
  bernoulli: byWeights(weighLevels.bernoulli),
  categorical: byWeights(weighLevels.categorical),
  mixture: (pass, draw) => (y, x, channel) => pass.drawMixtures(y, x, channel, draw),
} as const satisfies Record<LikelihoodKind, OpenDraw>;

function byWeights(weigh: WeighLevels): OpenDraw {
  return (pass, { temperature, u, drawn }, levels) => {
    const visit: VisitWeights = (picture, floats, from, step) => {
      drawn[picture] = pickLevel(floats, from, step, levels, u(picture));
    };
    return (y, x, channel) => weigh(pass, y, x, channel, temperature, visit);
  };
}
