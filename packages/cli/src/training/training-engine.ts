import { availableParallelism } from "node:os";
import { engineOf, type StartableBackend } from "@pixelcnn/backends";
import type { Network } from "@pixelcnn/core";
import type { EngineStarter } from "@pixelcnn/core/training";
import type { TrainSettings } from "../settings/train-settings.ts";

/** Threads that compute gradients: as many as wanted, or cores, but none without a picture. Only some engines have several. */
export function threadsFor(backend: StartableBackend, { workers, batchSize }: TrainSettings): number {
  return engineOf(backend).threads === null ? 1 : Math.min(workers ?? availableParallelism(), batchSize);
}

/** What starts what computes: an engine's own compiled steps, or TensorFlow.js's current backend on one thread or several. */
export function engineOn(network: Network, backend: StartableBackend, count: number): EngineStarter {
  const { train, threads } = engineOf(backend);
  if (train !== null) return train;
  return async (model, options) => {
    const { onTensorflow } = await import("@pixelcnn/core/training");
    const gradients = threads === null || count < 2 ? undefined : () => threads(network, count);
    return onTensorflow(gradients)(model, options);
  };
}
