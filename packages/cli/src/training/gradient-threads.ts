import { availableParallelism } from "node:os";
import type { Network } from "@pixelcnn/core";
import type { GradientComputer } from "@pixelcnn/core/training";
import type { StartableBackend } from "../backend/backend-names.ts";
import type { TrainSettings } from "../settings/train-settings.ts";

/** Threads that compute gradients: as many as wanted, or cores, but none without a picture. Only wasm has several. */
export function threadsFor(backend: StartableBackend, { workers, batchSize }: TrainSettings): number {
  return backend === "wasm" ? Math.min(workers ?? availableParallelism(), batchSize) : 1;
}

/** What starts the threads; nothing when one is enough: then the current backend computes. */
export function gradientsOn(
  network: Network,
  backend: StartableBackend,
  threads: number,
): (() => Promise<GradientComputer>) | undefined {
  if (threads < 2) return undefined;
  return async () => {
    const { ParallelGradients } = await import("../workers/parallel-gradients.ts");
    return ParallelGradients.start(network, backend, threads);
  };
}
