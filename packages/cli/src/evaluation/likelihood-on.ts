/** The likelihood of a part of a data set, computed by whatever backend was chosen. */
import { engineOf, type StartableBackend } from "@pixelcnn/backends";
import type { MeanLikelihood, Model } from "@pixelcnn/core";
import type { Dataset, Split } from "@pixelcnn/core/data";
import type { EvaluationOptions } from "@pixelcnn/core/training";

export async function likelihoodOn(
  backend: StartableBackend,
  model: Model,
  dataset: Dataset,
  split: Split,
  options: EvaluationOptions,
): Promise<MeanLikelihood> {
  const { evaluate, evaluateBatches } = await import("@pixelcnn/core/training");
  const { train } = engineOf(backend);
  if (train === null) return evaluate(model, dataset, split, options);
  // Nothing is trained: of these the engine reads none.
  const engine = await train({})(model, {
    beta1: 0,
    beta2: 0,
    epsilon: 1,
    clipNorm: 1,
    averageDecay: 0,
  });
  try {
    return await evaluateBatches(model.network, (batch) => engine.nats(batch), dataset, split, options);
  } finally {
    await engine.dispose();
  }
}
