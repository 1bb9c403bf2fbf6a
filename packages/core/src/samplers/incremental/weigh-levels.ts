/**
 * The weights of all levels of a value, by likelihood, in pinned arithmetic: what a draw at a temperature above 0 needs, in proportion
 * to P(level)^(1/T).
 */
import { binaryWeights } from "../../arithmetic/level-weights.ts";
import type { LikelihoodKind } from "../../likelihoods/likelihood.ts";
import type { CachedPass, VisitWeights } from "./cached-pass.ts";

/** Visits the K weights of picture channel `channel` at (y, x) of every picture, of which the logits are known. */
export type WeighLevels = (
  pass: CachedPass,
  y: number,
  x: number,
  channel: number,
  temperature: number,
  visit: VisitWeights,
) => void;

/** A Bernoulli's two. */
const pair = new Float32Array(2);

export const weighLevels = {
  bernoulli(pass, y, x, channel, temperature, visit) {
    const inverse = Math.fround(1 / temperature);
    const logits = pass.logits(y, x, channel);
    for (let picture = 0; picture < logits.length; picture++) {
      binaryWeights(logits[picture]!, inverse, pair, 0);
      visit(picture, pair, 0, 1);
    }
  },
  categorical: (pass, ...value) => pass.weights(...value),
  // No weight a level: drawn by bisection.
  mixture: null,
} as const satisfies Record<LikelihoodKind, WeighLevels | null>;
