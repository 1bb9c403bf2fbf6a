/** What the training thread and a gradient worker tell each other. Vectors lie in shared memory and are not sent. */
import type { Network } from "@pixelcnn/core";
import type { Batch } from "@pixelcnn/core/data";

/** Handed to a worker at its start. */
export interface WorkerSetup {
  readonly network: Network;
  /** [N] float32, written by the training thread before every request. */
  readonly weights: SharedArrayBuffer;
  /** [N] float32, written by the worker before every answer. */
  readonly gradient: SharedArrayBuffer;
  /** [S] float32, likewise. */
  readonly statistics: SharedArrayBuffer;
}

/** One shard of a batch. */
export interface ShardRequest {
  readonly batch: Batch;
  readonly seed: number;
  readonly indices: readonly number[];
  readonly step: number;
}

export type ShardAnswer =
  | { readonly type: "ready" }
  | { readonly type: "gradient"; readonly nats: number }
  | { readonly type: "failed"; readonly message: string };
