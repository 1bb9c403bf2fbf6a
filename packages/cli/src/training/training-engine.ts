import { availableParallelism } from "node:os";
import { engineOf, type StartableBackend } from "@pixelcnn/backends";
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
  if (count === 1 || engineOf(backend).obeys.includes("devices")) return count;
  throw new CliError(`--devices: expected 1 on the ${backend} backend, got ${devices}; only xla has several`);
}

/**
 * How precisely it multiplies.
 * @throws {CliError} when less than float32 is wanted of a backend that has no less
 */
export function precisionFor(backend: StartableBackend, { precision }: TrainSettings): Precision {
  if (precision === "float32" || engineOf(backend).obeys.includes("precision")) return precision;
  throw new CliError(
    `--precision: expected float32 on the ${backend} backend, got ${precision}; only xla has others`,
  );
}

/** The backend in words, with as many threads as were chosen: where its library chooses them itself (all cores, or a GPU), it says none. */
export function engineText(backend: StartableBackend, threads: number): string {
  if (engineOf(backend).threads === null) return `${backend} backend`;
  return `${backend} backend, ${threads} ${threads === 1 ? "thread" : "threads"}`;
}
