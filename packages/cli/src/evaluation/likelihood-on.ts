/** The likelihood of a part of a data set, computed by whatever backend was chosen. */
import type { MeanLikelihood, Model } from "@pixelcnn/core";
import type { Dataset, Split } from "@pixelcnn/core/data";
import type { EvaluationOptions } from "@pixelcnn/core/training";
import type { StartableBackend } from "../backend/backend-names.ts";

export async function likelihoodOn(
  backend: StartableBackend,
  model: Model,
  dataset: Dataset,
  split: Split,
  options: EvaluationOptions,
): Promise<MeanLikelihood> {
  const { evaluate, evaluateBatches } = await import("@pixelcnn/core/training");
  if (backend !== "xla") return evaluate(model, dataset, split, options);
  const { startXlaEngine } = await import("../backend/xla-engine.ts");
  // Nothing is trained: of these the engine reads none.
  const engine = await startXlaEngine(model, {
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
