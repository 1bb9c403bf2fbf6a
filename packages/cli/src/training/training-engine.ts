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
 * Asked of threads that a flag names: a config file may come from a training on another backend, and `auto` takes what there is.
 * @throws {CliError} when several are wanted of a backend that has one
 */
export function checkWorkers({ backend, workers = 1 }: Pick<TrainSettings, "backend" | "workers">): void {
  if (workers === 1 || backend === "auto" || engineOf(backend).threads !== null) return;
  throw new CliError(
    `--workers: expected 1 on the ${backend} backend, got ${workers}; only wasm has several`,
  );
}

/**
 * How many devices of a started backend share a batch: as many as wanted, or one.
 * @throws {CliError} when more are wanted than it has
 */
export function devicesFor(backend: StartableBackend, { devices = 1 }: TrainSettings): number | "all" {
  const count = devices === "all" ? devices : Number(devices);
  const { obeys, limits } = engineOf(backend);
  if (count !== 1 && !obeys.includes("devices"))
    throw new CliError(
      `--devices: expected 1 on the ${backend} backend, got ${devices}; only xla has several`,
    );
  if (count === "all" || count <= limits.devices) return count;
  throw new CliError(
    `--devices: expected 1 to ${limits.devices}, as many as there are, got ${count}; give fewer, or all`,
  );
}

/**
 * How precisely a started backend multiplies.
 * @throws {CliError} when it does not multiply as is wanted
 */
export function precisionFor(backend: StartableBackend, { precision }: TrainSettings): Precision {
  const { obeys, limits } = engineOf(backend);
  if (limits.precisions.includes(precision)) return precision;
  throw new CliError(
    obeys.includes("precision")
      ? `--precision: expected ${limits.precisions.join(" or ")} on a processor, got ${precision}; only GPUs multiply in it`
      : `--precision: expected float32 on the ${backend} backend, got ${precision}; only xla has others`,
  );
}

/** The backend in words, with as many threads as were chosen: where its library chooses them itself (all cores, or a GPU), it says none. */
export function engineText(backend: StartableBackend, threads: number): string {
  if (engineOf(backend).threads === null) return `${backend} backend`;
  return `${backend} backend, ${threads} ${threads === 1 ? "thread" : "threads"}`;
}
