import { availableParallelism } from "node:os";
import type { Network } from "@pixelcnn/core";
import type { EngineStarter, GradientComputer } from "@pixelcnn/core/training";
import type { StartableBackend } from "../backend/backend-names.ts";
import { startXlaEngine } from "../backend/xla-engine.ts";
import type { TrainSettings } from "../settings/train-settings.ts";

/** Threads that compute gradients: as many as wanted, or cores, but none without a picture. Only wasm has several. */
export function threadsFor(backend: StartableBackend, { workers, batchSize }: TrainSettings): number {
  return backend === "wasm" ? Math.min(workers ?? availableParallelism(), batchSize) : 1;
}

/** What starts what computes: XLA's compiled steps, or TensorFlow.js's current backend on one thread or several. */
export function engineOn(network: Network, backend: StartableBackend, threads: number): EngineStarter {
  return async (model, options) => {
    if (backend === "xla") return startXlaEngine(model, options);
    const { onTensorflow } = await import("@pixelcnn/core/training");
    return onTensorflow(threads < 2 ? undefined : () => startThreads(network, backend, threads))(
      model,
      options,
    );
  };
}

async function startThreads(
  network: Network,
  backend: StartableBackend,
  threads: number,
): Promise<GradientComputer> {
  const { ParallelGradients } = await import("../workers/parallel-gradients.ts");
  return ParallelGradients.start(network, backend, threads);
}
