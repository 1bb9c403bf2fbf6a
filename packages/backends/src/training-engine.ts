/** What starts what computes a training: an engine's own compiled steps, or TensorFlow.js's current backend on one thread or several. */
import type { Network } from "@pixelcnn/core";
import type { EngineStarter } from "@pixelcnn/core/training";
import type { CompiledTraining } from "./engine.ts";
import { engineOf } from "./engines.ts";
import type { StartableBackend } from "./names.ts";

/**
 * The training engine of a backend that has been started.
 *
 * @param threads that compute gradients, where there may be several; 1 is this one.
 */
export function trainingEngine(
  network: Network,
  backend: StartableBackend,
  threads: number,
  how: CompiledTraining = {},
): EngineStarter {
  const { train, threads: startThreads } = engineOf(backend);
  if (train !== null) return train(how);
  return async (model, options) => {
    const { onTensorflow } = await import("@pixelcnn/core/training");
    const gradients = startThreads === null ? undefined : () => startThreads(network, threads);
    return onTensorflow(gradients)(model, options);
  };
}
