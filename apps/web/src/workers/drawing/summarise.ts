/** Needs core: for the worker and the build, never for the page itself. */
import { countWeights, likelihoodOf, type ModelFile, multiplyAdds } from "@pixelcnn/core";
import type { ModelSummary } from "./model-summary.ts";

export function summarise({ model, provenance }: ModelFile): ModelSummary {
  const { network } = model;
  return {
    picture: network.picture,
    classes: network.classes,
    likelihood: likelihoodOf(network).kind,
    weights: countWeights(network),
    work: multiplyAdds(network),
    provenance,
  };
}
