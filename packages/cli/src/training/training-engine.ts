import { availableParallelism } from "node:os";
import { type CompiledTraining, engineOf, type StartableBackend } from "@pixelcnn/backends";
import type { Network } from "@pixelcnn/core";
import type { EngineStarter } from "@pixelcnn/core/training";
import type { Precision } from "@pixelcnn/xla";
import { CliError } from "../cli-error.ts";
import type { TrainSettings } from "../settings/train-settings.ts";

/** Threads that compute gradients: as many as wanted, or cores, but none without a picture. Only some engines have several. */
export function threadsFor(backend: StartableBackend, { workers, batchSize }: TrainSettings): number {
  return engineOf(backend).threads === null ? 1 : Math.min(workers ?? availableParallelism(), batchSize);
}

/**
 * How many devices share a batch: as many as wanted, or one.
 * @throws {CliError} when several are wanted of a backend that has one
 */
export function devicesFor(backend: StartableBackend, { devices = 1 }: TrainSettings): number | "all" {
  const count = devices === "all" ? devices : Number(devices);
  if (count === 1 || engineOf(backend).train !== null) return count;
  throw new CliError(`--devices: expected 1 on the ${backend} backend, got ${devices}; only xla has several`);
}

/**
 * How precisely it multiplies.
 * @throws {CliError} when less than float32 is wanted of a backend that has no less
 */
export function precisionFor(backend: StartableBackend, { precision }: TrainSettings): Precision {
  if (precision === "float32" || engineOf(backend).train !== null) return precision;
  throw new CliError(
    `--precision: expected float32 on the ${backend} backend, got ${precision}; only xla has others, on GPUs`,
  );
}

/** What starts what computes: an engine's own compiled steps, or TensorFlow.js's current backend on one thread or several. */
export function engineOn(
  network: Network,
  backend: StartableBackend,
  count: number,
  how: CompiledTraining,
): EngineStarter {
  const { train, threads } = engineOf(backend);
  if (train !== null) return train(how);
  return async (model, options) => {
    const { onTensorflow } = await import("@pixelcnn/core/training");
    const gradients = threads === null || count < 2 ? undefined : () => threads(network, count);
    return onTensorflow(gradients)(model, options);
  };
}
