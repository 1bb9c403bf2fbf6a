/** One training of a comparison, and what it came to. */
import { countWeights, type Model, type Network } from "@pixelcnn/core";
import { type Batch, type Dataset, limitSplit, type Preparation, preparationFor } from "@pixelcnn/core/data";
import { type EngineStarter, evaluateBatches, initialise, train } from "@pixelcnn/core/training";
import type { Contender } from "./contender.ts";

export interface Budget {
  /** How much is learned from: as many pictures (pixels count for their share of one), or as many minutes. */
  readonly pictures: number | null;
  readonly minutes: number | null;
  readonly batchSize: number;
  readonly learningRate: number;
  readonly averageDecay: number;
  readonly seed: number;
}

/** A point of a learning curve: nats per picture in training, averaged over the steps since the point before. */
export interface CurvePoint {
  readonly pictures: number;
  readonly minutes: number;
  readonly nats: number;
}

export interface Outcome {
  readonly contender: Contender;
  readonly weights: number;
  readonly pictures: number;
  readonly minutes: number;
  readonly curve: readonly CurvePoint[];
  /** Nats of every validation picture, by the averaged weights. */
  readonly validation: Float32Array;
}

const POINTS = 60;
/** Ends an epoch's evaluation at once: only the last one is asked for. */
const NO_EVALUATION = { testLimit: 1, finalTestLimit: 1, validationLimit: 1 } as const;

export async function trainContender(
  contender: Contender,
  network: Network,
  dataset: Dataset,
  engine: EngineStarter,
  budget: Budget,
  validationPictures: number,
): Promise<Outcome> {
  const { trainOn, optimiser } = contender;
  const { height, width, levels } = network.picture;
  const preparation = preparationFor(dataset, levels);
  const perBatch = trainOn === "pixels" ? budget.batchSize / (height * width) : budget.batchSize;
  const length =
    budget.minutes === null
      ? { steps: Math.max(1, Math.round(budget.pictures! / perBatch)) }
      : { minutes: budget.minutes };
  const { batchSize, learningRate, averageDecay, seed } = budget;
  const rule = { optimiser, learningRate, averageDecay };
  const options = { length, trainOn, preparation, engine, batchSize, seed, ...rule };
  const started = performance.now();
  const curve: CurvePoint[] = [];
  let [sum, count, pictures] = [0, 0, 0];
  let model: Model | null = null;
  for await (const event of train(initialise(network, seed), dataset, { ...options, ...NO_EVALUATION })) {
    if (event.type === "checkpoint") model = event.model;
    if (event.type !== "step") continue;
    sum += event.nats;
    count += 1;
    pictures = event.step * perBatch;
    if (event.progress < (curve.length + 1) / POINTS) continue;
    curve.push({ pictures, minutes: minutesSince(started), nats: sum / count });
    [sum, count] = [0, 0];
  }
  const minutes = minutesSince(started);
  const validation = await natsOfValidation(model!, dataset, preparation, engine, validationPictures);
  return { contender, weights: countWeights(network), pictures, minutes, curve, validation };
}

async function natsOfValidation(
  model: Model,
  dataset: Dataset,
  preparation: Preparation,
  start: EngineStarter,
  pictures: number,
): Promise<Float32Array> {
  const split = limitSplit(dataset.validation, pictures);
  // Nothing is trained: what an engine starts from is its average.
  const engine = await start(model, { beta1: 0, beta2: 0, epsilon: 1, clipNorm: 1, averageDecay: 0 });
  try {
    const nats: number[] = [];
    const natsOf = async (batch: Batch) => {
      const told = await engine.nats(batch);
      nats.push(...told);
      return told;
    };
    await evaluateBatches(model.network, natsOf, dataset, split, { preparation });
    return Float32Array.from(nats);
  } finally {
    await engine.dispose();
  }
}

function minutesSince(started: number): number {
  return (performance.now() - started) / 60_000;
}
