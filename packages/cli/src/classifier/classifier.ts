/**
 * A small convolutional network that names the class of a picture: the judge of class-conditional samples. It knows the real
 * data set alone and takes pictures as the judged model makes them, in the same levels.
 *
 *     conv 3×3, 16 → conv 3×3 / 2, 32 → conv 3×3 / 2, 64 → dropout 0.4 → classes        ReLU between, Adam, cross-entropy
 *
 * Its weights are averaged over the last steps, as those of the models are. Same seed and backend, same judge. Needs TensorFlow.js with a
 * backend that has the gradients of a convolution.
 */
import { type LevelArray, Purpose, uniform } from "@pixelcnn/core";
import { type Batch, type Dataset, type Preparation, readBatch, type Split } from "@pixelcnn/core/data";
import { averageDecay } from "@pixelcnn/core/training";
import { initializers, layers, type Sequential, sequential, train } from "@tensorflow/tfjs";
import {
  argMax,
  nextFrame,
  type Tensor,
  type Tensor2D,
  tensor2d,
  tensor4d,
  tidy,
} from "@tensorflow/tfjs-core";
import { WeightAverage } from "./weight-average.ts";

/** Passes over the training part, and the least number of steps for a small one. */
const EPOCHS = 8;
const LEAST_STEPS = 800;
const BATCH = 64;
const DROPOUT = 0.4;
/** Of the averaged weights; less in the first steps, so that where they began is soon forgotten. */
const AVERAGE_DECAY = 0.999;
/** Falls to a tenth over the training. */
const LEARNING_RATE = 3e-3;

export interface ClassifierOptions {
  readonly preparation: Preparation;
  /** Of the weights, the choice of pictures and dynamic binarisation. */
  readonly seed: number;
  /** Of the training; as many as the set takes unless given. */
  readonly steps?: number;
  /** Told after every step. */
  readonly onProgress?: (done: number, total: number) => void;
}

export class Classifier {
  readonly #network: Sequential;
  readonly #dataset: Dataset;
  readonly #preparation: Preparation;

  private constructor(dataset: Dataset, preparation: Preparation, seed: number) {
    this.#dataset = dataset;
    this.#preparation = preparation;
    this.#network = buildNetwork(dataset, seed);
  }

  /** Trains one on random pictures of the training part. The caller disposes it. */
  static async train(dataset: Dataset, options: ClassifierOptions): Promise<Classifier> {
    const { preparation, seed, steps = stepsFor(dataset), onProgress } = options;
    const classifier = new Classifier(dataset, preparation, seed);
    const optimizer = train.adam(LEARNING_RATE);
    classifier.#network.compile({ optimizer, loss: "categoricalCrossentropy" });
    const average = new WeightAverage(classifier.#network);
    try {
      for (let step = 0; step < steps; step++) {
        Object.assign(optimizer, { learningRate: LEARNING_RATE * 0.1 ** (step / steps) });
        const batch = trainingBatch(dataset, preparation, seed, step);
        const [x, y] = tidy(() => [
          classifier.#inputs(batch.levels),
          oneHotLabels(batch.labels, dataset.classes),
        ]);
        try {
          await classifier.#network.trainOnBatch(x!, y!);
        } finally {
          x!.dispose();
          y!.dispose();
        }
        average.add(averageDecay(AVERAGE_DECAY, step + 1));
        onProgress?.(step + 1, steps);
        await nextFrame(); // lets signals and timers in
      }
      average.take();
    } catch (error) {
      classifier.dispose();
      throw error;
    } finally {
      average.dispose();
    }
    return classifier;
  }

  /** Classes of pictures. @param levels [B, H, W, C] in the model's levels. @returns [B] */
  async classify(levels: LevelArray): Promise<Int32Array> {
    const { height, width, channels } = this.#dataset;
    const size = height * width * channels;
    const classes = new Int32Array(levels.length / size);
    for (let start = 0; start < classes.length; start += BATCH) {
      const part = levels.subarray(start * size, (start + BATCH) * size);
      const best = tidy(() => argMax(this.#network.predict(this.#inputs(part)) as Tensor, 1));
      classes.set(await best.data(), start);
      best.dispose();
    }
    return classes;
  }

  /** Share of a part's pictures whose class it names, 0 ... 1. */
  async accuracy(split: Split, seed: number): Promise<number> {
    let right = 0;
    for (let start = 0; start < split.length; start += BATCH) {
      const length = Math.min(BATCH, split.length - start);
      const indices = Array.from({ length }, (_, i) => start + i);
      const noise = { seed, time: 0 };
      const { levels, labels } = readBatch(this.#dataset, split, indices, this.#preparation, noise);
      const named = await this.classify(levels);
      right += named.filter((label, i) => label === labels[i]).length;
    }
    return right / split.length;
  }

  dispose(): void {
    this.#network.dispose();
  }

  /** Levels as values from -1 to 1, [B, H, W, C]. */
  #inputs(levels: LevelArray) {
    const { height, width, channels } = this.#dataset;
    const scale = 2 / (this.#preparation.levels - 1);
    const values = new Float32Array(levels.length);
    for (let i = 0; i < levels.length; i++) values[i] = levels[i]! * scale - 1; // Float32Array.from takes much longer
    return tensor4d(values, [levels.length / (height * width * channels), height, width, channels]);
  }
}

function stepsFor({ train }: Dataset): number {
  return Math.max(LEAST_STEPS, Math.ceil((EPOCHS * train.length) / BATCH));
}

/** Pictures drawn with replacement, from epoch after epoch where a set has fresh ones. */
function trainingBatch(dataset: Dataset, preparation: Preparation, seed: number, step: number): Batch {
  const epoch = 1 + Math.floor((step * BATCH) / dataset.train.length);
  const split = dataset.train.atEpoch?.(epoch) ?? dataset.train;
  const indices = Array.from({ length: BATCH }, (_, i) =>
    Math.floor(uniform(seed, step, i, Purpose.shuffle, 0, epoch) * split.length),
  );
  return readBatch(dataset, split, indices, preparation, { seed, time: epoch });
}

function buildNetwork({ height, width, channels, classes }: Dataset, seed: number): Sequential {
  const convolution = (filters: number, strides: number, number: number) => ({
    filters,
    strides,
    kernelSize: 3,
    padding: "same" as const,
    activation: "relu" as const,
    kernelInitializer: initialiser(seed, number),
  });
  const network = sequential();
  network.add(layers.conv2d({ inputShape: [height, width, channels], ...convolution(16, 1, 0) }));
  network.add(layers.conv2d(convolution(32, 2, 1)));
  network.add(layers.conv2d(convolution(64, 2, 2)));
  network.add(layers.flatten());
  // From a seed TensorFlow.js draws the same mask at every step: each place in a batch has one of its own, 64 in all.
  network.add(layers.dropout({ rate: DROPOUT, seed: 1 + seed }));
  network.add(
    layers.dense({
      units: classes,
      activation: "softmax",
      kernelInitializer: initialiser(seed, 3),
    }),
  );
  return network;
}

/** Class labels as rows of a unit matrix, [B, classes] float32. TensorFlow.js's own `oneHot` refuses a single class. */
function oneHotLabels(labels: Int32Array, classes: number): Tensor2D {
  const rows = new Float32Array(labels.length * classes);
  labels.forEach((label, b) => {
    rows[b * classes + label] = 1;
  });
  return tensor2d(rows, [labels.length, classes]);
}

/** For TensorFlow.js, seed 0 is no seed. */
function initialiser(seed: number, layer: number) {
  return initializers.heNormal({ seed: 1 + 4 * seed + layer });
}
