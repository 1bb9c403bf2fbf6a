/**
 * Gradients by programs, one on every thread: every batch is cut into one shard a thread, this one included, and the shards' gradients are
 * added in a fixed order, so that a given number of threads always gives the same numbers. Weights go out and gradients come
 * back through shared memory.
 *
 *     ∇L = Σ_i (n_i / n) ∇L_i          n_i pictures in shard i
 *
 * Batch norm takes its statistics from each shard alone; the running ones are their weighted mean.
 */
import { Worker } from "node:worker_threads";
import type { Network } from "@pixelcnn/core";
import { cutBatch } from "@pixelcnn/core/data";
import {
  FlatLayout,
  type GradientComputer,
  type GradientRequest,
  type GradientResult,
} from "@pixelcnn/core/training";
import { type ProgramGradient, ProgramGradients } from "@pixelcnn/wasm-engine";
import { tensor1d } from "@tensorflow/tfjs-core";
import { BackendError } from "../backend-error.ts";
import type { ShardAnswer, ShardRequest, WorkerSetup } from "./gradient-messages.ts";
import { WorkerAnswers } from "./worker-answers.ts";

/** Sources are run as they are in development, and compiled in a package. */
const workerEntry = import.meta.url.endsWith(".ts")
  ? "./gradient-worker-from-source.mjs"
  : "./gradient-worker.js";

interface Thread {
  readonly worker: Worker;
  readonly answers: WorkerAnswers<ShardAnswer>;
  readonly gradient: Float32Array;
  readonly statistics: Float32Array;
}

export class ParallelGradients implements GradientComputer {
  readonly #local: ProgramGradients;
  readonly #weights: Float32Array;
  readonly #threads: readonly Thread[];

  private constructor(network: Network, weights: Float32Array, threads: readonly Thread[]) {
    this.#local = new ProgramGradients(network);
    this.#weights = weights;
    this.#threads = threads;
  }

  /**
   * When one of the threads does not start, the others are ended.
   *
   * @param workers threads that compute, this one included.
   * @throws {BackendError} with the reason.
   */
  static async start(network: Network, workers: number): Promise<ParallelGradients> {
    const layout = new FlatLayout(network);
    const weights = new SharedArrayBuffer(4 * layout.weightCount);
    const threads = Array.from({ length: workers - 1 }, (): Thread => {
      const gradient = new SharedArrayBuffer(4 * layout.weightCount);
      const statistics = new SharedArrayBuffer(4 * layout.statisticCount);
      const workerData: WorkerSetup = { network, weights, gradient, statistics };
      const worker = new Worker(new URL(workerEntry, import.meta.url), { workerData });
      return {
        worker,
        answers: new WorkerAnswers(worker),
        gradient: new Float32Array(gradient),
        statistics: new Float32Array(statistics),
      };
    });
    try {
      await Promise.all(threads.map(natsOf));
    } catch (error) {
      await Promise.all(threads.map(({ worker }) => worker.terminate()));
      throw error;
    }
    return new ParallelGradients(network, new Float32Array(weights), threads);
  }

  /** N, length of a gradient. */
  get weightCount(): number {
    return this.#weights.length;
  }

  async compute(request: GradientRequest): Promise<GradientResult> {
    const shards = cut(request, this.#threads.length + 1);
    this.#weights.set(await request.weights.data());
    const answers = shards.slice(1).map((shard, i) => {
      const thread = this.#threads[i]!;
      const { batch, dropout } = shard.request;
      thread.worker.postMessage({ batch, ...dropout } satisfies ShardRequest);
      return natsOf(thread);
    });
    // All are waited for together: a thread that fails while this one computes is nobody's unhandled rejection.
    const [computing, ...told] = await Promise.allSettled([this.#compute(shards[0]!.request), ...answers]);
    const failed = [computing, ...told].find((outcome) => outcome.status === "rejected");
    if (failed !== undefined || computing.status === "rejected") throw failed!.reason;
    const own = computing.value;
    const gradient = scaled(own.gradient, shards[0]!.share);
    const statistics = own.statistics && scaled(own.statistics, shards[0]!.share);
    let nats = own.nats * shards[0]!.share;
    for (let i = 1; i < shards.length; i++) {
      const { share } = shards[i]!;
      nats += (await answers[i - 1]!) * share; // it has come: see above
      addScaled(gradient, this.#threads[i - 1]!.gradient, share);
      if (statistics !== null) addScaled(statistics, this.#threads[i - 1]!.statistics, share);
    }
    return { gradient: tensor1d(gradient), statistics: statistics && tensor1d(statistics), nats };
  }

  async #compute({ batch, dropout }: GradientRequest): Promise<ProgramGradient> {
    return this.#local.compute(this.#weights, batch, dropout);
  }

  dispose(): void {
    for (const { worker } of this.#threads) void worker.terminate();
  }
}

/** The next answer of a thread: the nats of its shard (NaN for "ready"). */
async function natsOf({ answers }: Thread): Promise<number> {
  const answer = await answers.next();
  if (answer.type === "failed")
    throw new BackendError(`a worker thread failed: ${answer.message}; try --workers 1`);
  return answer.type === "gradient" ? answer.nats : Number.NaN;
}

/** Neighbouring shards, as equal as possible, none empty. */
function cut({ weights, batch, dropout }: GradientRequest, parts: number) {
  const count = batch.labels.length;
  const indices = Array.from(dropout.indices);
  const bounds = Array.from({ length: parts + 1 }, (_, i) => Math.round((i * count) / parts));
  return bounds
    .slice(0, -1)
    .map((start, i) => ({ start, end: bounds[i + 1]! }))
    .filter(({ start, end }) => end > start)
    .map(({ start, end }) => ({
      share: (end - start) / count,
      request: {
        weights,
        batch: cutBatch(batch, start, end),
        dropout: { ...dropout, indices: indices.slice(start, end) },
      },
    }));
}

function scaled(values: Float32Array, factor: number): Float32Array {
  const result = new Float32Array(values.length);
  addScaled(result, values, factor);
  return result;
}

function addScaled(target: Float32Array, values: Float32Array, factor: number): void {
  for (let i = 0; i < target.length; i++) target[i]! += values[i]! * factor;
}
