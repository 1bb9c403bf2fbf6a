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

/** Draws on several threads, each its own run of pictures: the same ones, since noise is addressed by picture. */
export async function drawOnThreads(model: Model, options: DrawOptions, threads: number): Promise<Drawn> {
  const { count, signal, onProgress, onFrame: _, classLabel, sampler: __, known, ...sampling } = options;
  const drawn = emptySheet(model, count);
  let done = 0;
  const bounds = Array.from({ length: threads + 1 }, (_, i) => Math.round((i * count) / threads));
  await Promise.all(
    bounds.slice(1).map((end, i) => {
      const start = bounds[i]!;
      const part: SampleOptions = {
        ...sampling,
        firstIndex: start,
        count: end - start,
        ...(known && { known }),
        ...(typeof classLabel === "number" && { classLabel }),
        ...(Array.isArray(classLabel) && { classLabel: classLabel.slice(start, end) }),
      };
      return drawPart({ model, options: part }, signal, (batch) => {
        place(drawn, model, batch);
        done += batch.count;
        onProgress(done);
      });
    }),
  );
  return drawn;
}

/** Sources are run as they are in development, and compiled in a package. */
const workerEntry = import.meta.url.endsWith(".ts")
  ? "./sampling-worker-from-source.mjs"
  : "./sampling-worker.js";

type Batch = Extract<SamplingMessage, { type: "batch" }>;

async function drawPart(
  setup: SamplingSetup,
  signal: AbortSignal,
  onBatch: (batch: Batch) => void,
): Promise<void> {
  if (signal.aborted) return;
  const worker = new Worker(new URL(workerEntry, import.meta.url), { workerData: setup });
  await new Promise<void>((resolve, reject) => {
    worker.on("message", (message: SamplingMessage) =>
      message.type === "batch" ? onBatch(message) : resolve(),
    );
    worker.on("error", reject);
    worker.on("exit", (code) =>
      reject(new DrawingError(`a worker thread ended with code ${code}; draw again`)),
    );
    signal.addEventListener("abort", () => resolve(), { once: true });
  }).finally(() => worker.terminate());
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
