/** A network's computations as text, stage by stage, as an engine gets them: what is done one thing after another. */
import type { Network } from "@pixelcnn/core";
import { showComputation } from "@pixelcnn/core/computation";
import { traceLikelihood, traceStep } from "@pixelcnn/core/training";
import { printModule } from "@pixelcnn/xla";
import { trainDefaults } from "../settings/train-settings.ts";

const { batchSize, beta1, beta2, clipNorm } = trainDefaults;

const writers = {
  /** The likelihood of a batch. */
  forward: (network: Network) => showComputation(traceLikelihood(network, batchSize)),
  /** The whole training step, its gradient and Adam included. */
  step: (network: Network) => showComputation(stepOf(network)),
  /** The step as the text that XLA compiles. */
  stablehlo: (network: Network) => printModule(stepOf(network)),
};

/** What `--program` takes. */
export type Stage = keyof typeof writers;

/** The text of a stage, for batches of the size that `train` has by default. */
export function programText(network: Network, stage: Stage): string {
  return writers[stage](network).trimEnd();
}

function stepOf(network: Network) {
  return traceStep(network, { beta1, beta2, epsilon: 1e-8, clipNorm, batchSize });
}
