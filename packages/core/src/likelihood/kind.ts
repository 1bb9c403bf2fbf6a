import type { PictureShape } from "../network/graph.ts";

/** The distribution of one value: a Bernoulli for two levels, else K categories. */
export type LikelihoodKind = "bernoulli" | "categorical";

/** The distribution that a picture's number of levels asks for. */
export function likelihoodOf(picture: PictureShape): LikelihoodKind {
  return picture.levels === 2 ? "bernoulli" : "categorical";
}
