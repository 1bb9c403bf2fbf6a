import type { PictureShape } from "../picture.ts";
import { bernoulli } from "./bernoulli.ts";
import { categorical } from "./categorical.ts";
import type { Likelihood, LikelihoodChoice, LikelihoodKind } from "./likelihood.ts";
import { logisticMixture } from "./logistic-mixture.ts";

/** Every likelihood by name; of a mixture, by the number of its components. */
export const likelihoods = {
  bernoulli,
  categorical,
  /** Of discretised logistics: logistic-mixture.ts. */
  mixture: logisticMixture,
} as const satisfies Record<LikelihoodKind, Likelihood | ((components: number) => Likelihood)>;

/** What says which likelihood a network has: its choice, or where it made none, its pictures' number of levels. */
export interface Modelled {
  readonly picture: Pick<PictureShape, "channels" | "levels">;
  readonly likelihood?: LikelihoodChoice;
}

/** A network's likelihood: the one it chose, else a Bernoulli for two levels and K categories for more. */
export function likelihoodOf({ picture, likelihood }: Modelled): Likelihood {
  if (likelihood?.kind === "mixture") return likelihoods.mixture(likelihood.components);
  return likelihoods[likelihood?.kind ?? (picture.levels === 2 ? "bernoulli" : "categorical")];
}

/** Where the logits of every picture channel stand among those of a position: from `start` to `end` − 1. */
export function logitGroups(modelled: Modelled): (readonly [start: number, end: number])[] {
  const { channels, levels } = modelled.picture;
  const likelihood = likelihoodOf(modelled);
  let end = 0;
  return Array.from({ length: channels }, (_, channel) => {
    const start = end;
    end += likelihood.logitsOfChannel(levels, channel);
    return [start, end] as const;
  });
}

/** For every picture channel, those of a position's logits that its value reads. */
export function logitsRead(modelled: Modelled): (readonly [start: number, end: number])[] {
  const { tiesChannels } = likelihoodOf(modelled);
  return logitGroups(modelled).map(([start, end]) => [tiesChannels ? 0 : start, end] as const);
}

/** Logits of a position: of all picture channels. */
export function logitsPerPosition(modelled: Modelled): number {
  return logitGroups(modelled).at(-1)![1];
}
