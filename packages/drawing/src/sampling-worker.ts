/** Entry of a worker thread: draws a run of pictures with the incremental sampler and tells of every batch. */
import { parentPort, workerData } from "node:worker_threads";
import { type LevelArray, type Model, type SampleOptions, sample } from "@pixelcnn/core";
import { type ThreadError, tellError } from "./thread-error.ts";

/** What it draws. */
export interface SamplingSetup {
  readonly model: Model;
  /** `firstIndex` and `count` say which pictures. */
  readonly options: SampleOptions;
}

/** A finished batch, the end, or why there are no more. */
export type SamplingMessage =
  | {
      readonly type: "batch";
      readonly firstIndex: number;
      readonly count: number;
      readonly pixels: LevelArray;
    }
  | { readonly type: "end" }
  | { readonly type: "failed"; readonly error: ThreadError };

const { model, options } = workerData as SamplingSetup;
const send = (message: SamplingMessage) => parentPort!.postMessage(message);

try {
  for await (const { complete, firstIndex, count, pixels } of sample(model, options)) {
    if (complete) send({ type: "batch", firstIndex, count, pixels });
  }
  send({ type: "end" });
} catch (error) {
  send({ type: "failed", error: tellError(error) });
}
