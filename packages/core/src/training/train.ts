/**
 * Training as a stream of events: `for await (const event of train(model, dataset, options))`. Whoever listens prints,
 * draws or saves; nobody reaches into the loop. Ending the loop early frees everything.
 */

import type { Dataset, Split } from "../data/dataset.ts";
import { withFlips } from "../data/flips.ts";
import { type Batch, preparationFor } from "../data/preparation.ts";
import { limitSplit } from "../data/subsets.ts";
import { OptionError } from "../errors.ts";
import type { MeanLikelihood } from "../likelihoods/mean-likelihood.ts";
import type { Model } from "../network/model.ts";
import { windowOf } from "../network/window.ts";
import { levelArray } from "../picture.ts";
import { sample } from "../sampling/sample.ts";
import { countedInPicture, type Epoch, epochOf } from "./batches.ts";
import { checkDataset, checkParts, checkPreparedLevels } from "./check-dataset.ts";
import { checkTrainOptions } from "./check-train-options.ts";
import { Clock } from "./clock.ts";
import { DivergedError, type TrainingEngine } from "./engine.ts";
import { evaluateBatches } from "./evaluate.ts";
import type { CheckpointEvent, EvaluationEvent, SamplesEvent, TrainingEvent } from "./events.ts";
import { FlatLayout } from "./flat-layout.ts";
import { learningRateAt } from "./schedule.ts";
import { checkState } from "./state.ts";
import { StepsUnderWay, type ToldStep } from "./steps-under-way.ts";
import { defaults, type SettledOptions, type TrainOptions, withoutUndefined } from "./train-options.ts";
import { onTensorflow } from "./trainer.ts";
import { yieldToEvents } from "./yield-to-events.ts";

/**
 * Trains a copy of the model and tells what happens; the caller's model stays as it is. What makes a step fail is thrown behind a
 * checkpoint of the step before, if there was one, so that nothing is lost but with the backend.
 *
 * @param model start of the training: its network and first weights.
 * @throws {DataError} when the set or its preparation does not fit, or a part of it is empty; {OptionError} and {SeedError} for an option out of range; {ShapeError} when the state to go on from is not one of this network;
 *   {NetworkError} when a network cannot be trained on pixels; {DivergedError} when the loss is no number any more.
 */
export async function* train(
  model: Model,
  dataset: Dataset,
  given: TrainOptions,
): AsyncGenerator<TrainingEvent, void, undefined> {
  checkDataset(model.network, dataset);
  checkParts(dataset);
  const preparation = given.preparation ?? preparationFor(dataset, model.network.picture.levels);
  checkPreparedLevels(model.network, preparation);
  const options: SettledOptions = { ...defaults, ...withoutUndefined(given), preparation };
  checkTrainOptions(options);
  const { resume, signal, batchSize, seed } = options;
  const limited =
    options.trainLimit === undefined ? dataset.train : limitSplit(dataset.train, options.trainLimit);
  const trained = options.flips ? withFlips(limited, dataset, seed) : limited;
  const layout = new FlatLayout(model.network);
  if (resume) checkState(layout, resume);
  const { trainOn } = options;
  const perPicture = countedInPicture(trainOn, dataset);
  const { noisyWindows, flatPlaces } = options;
  const source = { dataset, network: model.network, preparation, seed, noisyWindows, flatPlaces };
  if (trainOn === "pixels")
    windowOf(model.network); // refused before anything starts
  else if (noisyWindows > 0 || flatPlaces < 1) {
    const what = noisyWindows > 0 ? "noisy windows" : "passing over flat places";
    throw new OptionError(
      `expected a training on pixels for ${what}, got one on ${trainOn}; leave that out, or train on pixels`,
    );
  }
  const clock = new Clock(trained.length * perPicture, options);
  const {
    engine: start = onTensorflow(),
    optimiser,
    weightDecay,
    beta1,
    beta2,
    clipNorm,
    averageDecay,
  } = options;
  const rule = { optimiser, weightDecay, beta1, beta2, epsilon: 1e-8, clipNorm, averageDecay };
  const engine = await start(model, rule);
  const underWay = new StepsUnderWay(engine);
  let batches: Epoch | undefined;
  // Of the steps that are told.
  let step = resume?.step ?? 0;
  let epoch = resume?.epoch ?? 1;
  let position = resume?.position ?? 0;
  let epochNats = resume?.epochNats ?? 0;

  /** An epoch that has not begun (the time was up before, or a signal came) is not told of; a state still stands at its start. */
  const at = () => ({ step, epoch: position > 0 ? epoch : epoch - 1 });
  const checkpoint = async (): Promise<CheckpointEvent> => {
    clock.saved();
    const vectors = await engine.vectors();
    const averaged = layout.toModel(vectors.averagedWeights, vectors.averagedStatistics);
    return {
      type: "checkpoint",
      ...at(),
      model: averaged,
      state: { step, epoch, position, epochNats, elapsedMs: clock.elapsedMs, ...vectors },
    };
  };
  // Read once per step: what the last step tells is what ends the training.
  let nowMs = clock.elapsedMs;
  /** Waits until so few steps are under way, and tells those that are done. */
  async function* tellUntil(left: number): AsyncGenerator<TrainingEvent> {
    while (underWay.count > left) {
      let told: ToldStep;
      try {
        told = await underWay.takeOldest();
      } catch (error) {
        // A thread or a machine has failed, not the numbers: what was learned, if anything, is still here. (It may not be: then the error tells.)
        const isLearned = step > 0 && !(error instanceof DivergedError);
        const last = isLearned ? await checkpoint().catch(() => null) : null;
        if (last !== null) yield last;
        throw error;
      }
      const { nats, gradientNorm, batch, learningRate, elapsedMs } = told;
      const pictures = batch.labels.length; // or pixels
      batches?.reuse?.(batch);
      step += 1;
      position += pictures;
      epochNats += nats * pictures;
      clock.count(pictures / perPicture, elapsedMs);
      nowMs = clock.elapsedMs;
      const progress = clock.progress(step, nowMs);
      const { imagesPerSecond } = clock;
      yield { type: "step", ...at(), progress, nats, learningRate, gradientNorm, imagesPerSecond };
    }
  }

  try {
    if (resume) await engine.restore(resume.step, resume);
    let trainNats = Number.NaN;
    let evaluationMs = 0;
    for (;;) {
      batches = epochOf(trainOn, source, trained, epoch);
      nowMs = clock.elapsedMs;
      for (let sentPosition = position; sentPosition < batches.length && !signal?.aborted; ) {
        const sentSteps = step + underWay.count;
        const progress = clock.progress(sentSteps, nowMs);
        if (progress >= 1) break;
        const count = Math.min(batchSize, batches.length - sentPosition);
        const { batch, indices } = batches.batch(sentPosition, count, sentSteps + 1);
        const learningRate = learningRateAt(
          options.learningRate,
          sentSteps + 1,
          options.warmupSteps,
          progress,
        );
        underWay.send(batch, learningRate, { seed, indices, step: sentSteps + 1 });
        sentPosition += indices.length;
        yield* tellUntil(engine.queueLength - 1);
        if (isCheckpointDue(sentSteps + 1, clock, options)) {
          yield* tellUntil(0);
          yield await checkpoint();
        }
        await yieldToEvents(); // lets signals and timers in
      }
      yield* tellUntil(0);
      if (position > 0) trainNats = epochNats / position;
      yield await checkpoint();
      if (signal?.aborted) break;
      // An evaluation that would use up the time that is left is the last one already.
      let final = clock.over(step, evaluationMs);
      const { imagesPerSecond } = clock;
      const started = performance.now();
      try {
        const row = { ...at(), trainNats, imagesPerSecond, final };
        const event = await evaluation(engine, model, dataset, options, row);
        final = event.final;
        yield event;
        evaluationMs = performance.now() - started;
        if (options.sampleCount > 0) yield await samples(engine, layout, options, at());
      } catch (error) {
        if (signal?.aborted) break; // the checkpoint stands before the evaluation: resumed, it is done again
        throw error;
      }
      if (final) break;
      epoch += 1;
      position = 0;
      epochNats = 0;
    }
    yield { type: "done", ...at(), interrupted: signal?.aborted ?? false, elapsedMs: clock.elapsedMs };
  } finally {
    await engine.dispose();
  }
}

function isCheckpointDue(step: number, clock: Clock, options: SettledOptions): boolean {
  const { checkpointEvery, checkpointMinutes, wantsCheckpoint } = options;
  return (
    (wantsCheckpoint?.() ?? false) ||
    (checkpointEvery > 0 && step % checkpointEvery === 0) ||
    (checkpointMinutes > 0 &&
      clock.unsavedMinutes >= (clock.hasSaved ? checkpointMinutes : Math.min(checkpointMinutes, 1)))
  );
}

type Progress = Pick<EvaluationEvent, "step" | "epoch" | "trainNats" | "imagesPerSecond" | "final">;

async function evaluation(
  engine: TrainingEngine,
  model: Model,
  dataset: Dataset,
  options: SettledOptions,
  progress: Progress,
): Promise<EvaluationEvent> {
  const { preparation, onEvaluation, seed, signal } = options;
  const natsOf = (batch: Batch) => engine.nats(batch);
  const run = (split: Split, limit: number): Promise<MeanLikelihood> => {
    const shared = { preparation, seed, signal, ...(onEvaluation && { onProgress: onEvaluation }) };
    return evaluateBatches(model.network, natsOf, dataset, limitSplit(split, limit), shared);
  };
  const validation = await run(dataset.validation, options.validationLimit);
  const isEnough = options.isEnough?.({ ...progress, validation }) ?? false;
  const final = progress.final || isEnough;
  const test = await run(dataset.test, final ? options.finalTestLimit : options.testLimit);
  return { type: "evaluation", ...progress, final, validation, test };
}

async function samples(
  engine: TrainingEngine,
  layout: FlatLayout,
  { sampleCount, seed, signal }: SettledOptions,
  at: { step: number; epoch: number },
): Promise<SamplesEvent> {
  const vectors = await engine.vectors();
  const model = layout.toModel(vectors.averagedWeights, vectors.averagedStatistics);
  const { classes, picture } = model.network;
  const labels = Array.from({ length: sampleCount }, (_, i) => i % classes);
  const size = picture.height * picture.width * picture.channels;
  const pixels = levelArray(picture.levels, sampleCount * size);
  const drawing = sample(model, {
    count: sampleCount,
    seed,
    ...(classes > 0 && { classLabel: labels }),
    ...(signal && { signal }),
  });
  for await (const frame of drawing) {
    if (frame.complete) pixels.set(frame.pixels, frame.firstIndex * size);
    await yieldToEvents();
  }
  return { type: "samples", ...at, count: sampleCount, pixels };
}
