/**
 * What a training would take, by doing a little of it: some steps, and one checkpoint that is not written. Of evaluations it is known that a
 * picture costs a third of what it costs to learn from: the gradient takes about twice the likelihood.
 */
import { encodeModelFile } from "@pixelcnn/core";
import type { Dataset } from "@pixelcnn/core/data";
import type { TrainingState, TrainOptions } from "@pixelcnn/core/training";
import { sheetSize, squareColumns, visibleScale } from "@pixelcnn/pictures";
import { encodeCheckpoint } from "./checkpoint-file.ts";
import { noHistory } from "./history.ts";
import type { TrainingPlan } from "./plan.ts";
import { StepTimer } from "./step-timer.ts";

/** What follows an epoch is as short as it can be: an epoch may be a step. */
const BRIEFLY = { validationLimit: 1, testLimit: 1, finalTestLimit: 1, sampleCount: 0 };
const EVALUATION_SHARE = 1 / 3;
/** Two records a second, of about so many bytes. */
const RECORD_BYTES = 200;
const RECORDS_A_SECOND = 2;

/** What it would take. */
export interface TrainingCost {
  /** Resident memory of the process at its highest, bytes. */
  readonly memoryBytes: number;
  readonly imagesPerSecond: number;
  /** Passes over the training pictures. */
  readonly epochs: number;
  /** Of training alone, and of the evaluations besides. */
  readonly trainMs: number;
  readonly evaluationMs: number;
  readonly checkpointBytes: number;
  /** All of the run's folder, at most. */
  readonly diskBytes: number;
}

export interface DryRunOptions {
  readonly train: TrainOptions;
  /** Checkpoints that are kept. */
  readonly keep: number;
}

export async function dryRun(
  { start, dataset, preparation }: TrainingPlan,
  { train: options, keep }: DryRunOptions,
): Promise<TrainingCost> {
  const { train } = await import("@pixelcnn/core/training");
  const { batchSize = 16, trainOn, trainLimit } = options;
  const { height, width, channels } = dataset;
  const perPicture = trainOn === "pixels" ? height * width : 1;
  const pictures = Math.min(trainLimit ?? Number.POSITIVE_INFINITY, dataset.train.length);
  const timer = new StepTimer();
  let left = 0; // pictures of the epoch, or pixels
  let since = performance.now();
  let state: TrainingState | null = null;
  const events = train(start, dataset, {
    ...options,
    ...BRIEFLY,
    checkpointEvery: 0,
    checkpointMinutes: 0,
    wantsCheckpoint: () => timer.isEnough,
  });
  for await (const event of events) {
    if (event.type === "step") {
      if (left <= 0) left = pictures * perPicture;
      timer.add(Math.min(batchSize, left), performance.now() - since);
      left -= batchSize;
    }
    // The one that was wanted, or the one at the end of an epoch, which may be the last.
    if (event.type === "checkpoint") {
      state = event.state;
      if (timer.isEnough) break;
    }
    since = performance.now();
  }
  const checkpointBytes = state === null ? 0 : encodeCheckpoint({ state, history: noHistory }).length;
  const imagesPerSecond = (1000 * timer.perMs) / perPicture;
  const epochs = epochsOf(options, pictures, imagesPerSecond);
  const trainMs = (1000 * epochs * pictures) / imagesPerSecond;
  const evaluated = evaluatedPictures(dataset, options, epochs);
  const evaluationMs = (1000 * EVALUATION_SHARE * evaluated) / imagesPerSecond;
  const model = encodeModelFile({ model: start, preparation, provenance: NOWHERE }).length;
  const { sampleCount = 0 } = options;
  const sheet = sheetSize(dataset, sampleCount, {
    columns: Math.max(1, squareColumns(sampleCount)),
    scale: visibleScale({ height, width, channels, levels: dataset.levels }),
  });
  const sheets = sampleCount === 0 ? 0 : Math.ceil(epochs) * sheet.width * sheet.height * channels;
  const records = RECORDS_A_SECOND * (trainMs / 1000) * RECORD_BYTES;
  return {
    memoryBytes: process.resourceUsage().maxRSS * 1024,
    ...{ imagesPerSecond, epochs, trainMs, evaluationMs, checkpointBytes },
    diskBytes: Math.ceil(keep * checkpointBytes + 2 * model + sheets + records),
  };
}

/** Of a file that is only weighed. */
const NOWHERE = {
  dataset: "",
  command: "",
  date: "2000-01-01",
  steps: 0,
  trainNats: null,
  validation: null,
  test: null,
} as const;

function epochsOf(
  { length, batchSize = 16 }: TrainOptions,
  pictures: number,
  imagesPerSecond: number,
): number {
  if ("epochs" in length) return length.epochs;
  if ("steps" in length) return (length.steps * batchSize) / pictures;
  return (length.minutes * 60 * imagesPerSecond) / pictures;
}

function evaluatedPictures({ validation, test }: Dataset, options: TrainOptions, epochs: number): number {
  const { validationLimit = Number.POSITIVE_INFINITY } = options;
  const { testLimit = Number.POSITIVE_INFINITY, finalTestLimit = Number.POSITIVE_INFINITY } = options;
  const times = Math.max(1, Math.ceil(epochs));
  return (
    times * Math.min(validationLimit, validation.length) +
    (times - 1) * Math.min(testLimit, test.length) +
    Math.min(finalTestLimit, test.length)
  );
}
