/** Draws many pictures, here or on several threads; what is finished when someone interrupts is kept. */
import { setImmediate } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import {
  dimensions,
  type Frame,
  type LevelArray,
  levelArray,
  type Model,
  type SampleOptions,
  sample,
} from "@pixelcnn/core";
import { DrawingError } from "./drawing-error.ts";
import type { SamplingMessage, SamplingSetup } from "./sampling-worker.ts";
import { toldError } from "./thread-error.ts";

/** What came of it. */
export interface Drawn {
  /** [count, H, W, C] levels; unfinished pictures are as far as they got. */
  readonly pixels: LevelArray;
  /** Which pictures are finished. */
  readonly finished: readonly boolean[];
}

/** What is drawn, and who is told of it. */
export interface DrawOptions extends SampleOptions {
  readonly count: number;
  readonly signal: AbortSignal;
  /** Told after every row or batch: pictures done, fractions included. */
  readonly onProgress: (done: number) => void;
  /** Told of every frame when this thread draws. */
  readonly onFrame?: (frame: Frame) => void;
}

/** Draws on this thread. */
export async function drawPictures(model: Model, options: DrawOptions): Promise<Drawn> {
  const { count, signal, onProgress, onFrame, ...sampling } = options;
  const { height, width } = model.network.picture;
  const drawn = emptySheet(model, count);
  for await (const frame of sample(model, { ...sampling, count })) {
    place(drawn, model, frame);
    onFrame?.(frame);
    onProgress(frame.firstIndex + (frame.count * frame.position) / (height * width));
    await setImmediate(); // lets Ctrl-C in
    if (signal.aborted) break;
  }
  return drawn;
}

/**
 * Draws on several threads, each its own run of pictures: the same ones, since noise is addressed by picture. When one fails, all end.
 *
 * @throws what {@link drawPictures} throws, and {DrawingError} for a thread that ended too soon.
 */
export async function drawOnThreads(model: Model, options: DrawOptions, threads: number): Promise<Drawn> {
  const { count, signal, onProgress, onFrame: _, classLabel, sampler: __, known, ...sampling } = options;
  const drawn = emptySheet(model, count);
  if (signal.aborted) return drawn;
  let done = 0;
  const onBatch = (batch: Batch) => {
    place(drawn, model, batch);
    done += batch.count;
    onProgress(done);
  };
  const bounds = Array.from({ length: threads + 1 }, (_, i) => Math.round((i * count) / threads));
  const workers = bounds.slice(1).map((end, i) => {
    const start = bounds[i]!;
    const part: SampleOptions = {
      ...sampling,
      firstIndex: start,
      count: end - start,
      ...(known && { known }),
      ...(typeof classLabel === "number" && { classLabel }),
      ...(Array.isArray(classLabel) && { classLabel: classLabel.slice(start, end) }),
    };
    return startWorker({ model, options: part });
  });
  // One listener for all of them: Node takes more than ten of a signal for a leak.
  const over = new AbortController();
  const interrupted = new Promise<void>((resolve) => {
    signal.addEventListener("abort", () => resolve(), { signal: over.signal });
  });
  try {
    const finished = Promise.all(workers.map((worker) => finish(worker, onBatch)));
    await Promise.race([finished, interrupted]);
  } finally {
    over.abort();
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
  return drawn;
}

/** Sources are run as they are in development, and compiled in a package. */
const workerEntry = import.meta.url.endsWith(".ts")
  ? "./sampling-worker-from-source.mjs"
  : "./sampling-worker.js";

type Batch = Extract<SamplingMessage, { type: "batch" }>;

function startWorker(workerData: SamplingSetup): Worker {
  return new Worker(new URL(workerEntry, import.meta.url), { workerData });
}

/** Tells of its batches until it has drawn them all. @throws what it failed by. */
function finish(worker: Worker, onBatch: (batch: Batch) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    worker.on("message", (message: SamplingMessage) => {
      if (message.type === "batch") onBatch(message);
      else if (message.type === "end") resolve();
      else reject(toldError(message.error));
    });
    worker.on("error", reject);
    worker.on("exit", (code) =>
      reject(new DrawingError(`a worker thread ended with code ${code}; draw again`)),
    );
  });
}

function emptySheet({ network }: Model, count: number) {
  return {
    pixels: levelArray(network.picture.levels, count * dimensions(network.picture)),
    finished: new Array<boolean>(count).fill(false),
  };
}

/** Puts a batch where it belongs. A frame of `sample` says whether it is complete; a worker's batch always is. */
function place(
  { pixels, finished }: ReturnType<typeof emptySheet>,
  { network }: Model,
  batch: Pick<Frame, "firstIndex" | "count" | "pixels"> & { readonly complete?: boolean },
): void {
  pixels.set(batch.pixels, batch.firstIndex * dimensions(network.picture));
  if (batch.complete ?? true) finished.fill(true, batch.firstIndex, batch.firstIndex + batch.count);
}
