import type { PictureShape } from "../picture.ts";
import { bernoulli } from "./bernoulli.ts";
import { categorical } from "./categorical.ts";
import type { Likelihood, LikelihoodKind } from "./likelihood.ts";

/** Every likelihood by name. */
export const likelihoods = { bernoulli, categorical } as const satisfies Record<LikelihoodKind, Likelihood>;

/** The likelihood that a picture's number of levels asks for: a Bernoulli for two, else K categories. */
export function likelihoodOf(picture: Pick<PictureShape, "levels">): Likelihood {
  return picture.levels === 2 ? bernoulli : categorical;
}

/** Logits of one picture channel. */
export function logitsPerChannel(picture: Pick<PictureShape, "levels">): number {
  return likelihoodOf(picture).logitsPerChannel(picture.levels);
}
