/** Does a class-conditional model draw what it is asked for? A classifier that knows the real pictures is the judge. */
import type { ModelFile } from "@pixelcnn/core";
import type { Dataset } from "@pixelcnn/core/data";
import { checkDataset } from "@pixelcnn/core/training";
import { drawPictures, labelsInRows } from "@pixelcnn/drawing";
import { Classifier } from "./classifier.ts";

export interface ClassAgreement {
  /** Samples drawn. */
  readonly images: number;
  /** Share of them whose class the classifier names as it was asked for, 0 ... 1. */
  readonly agreement: number;
  /** The same for every class. */
  readonly perClass: readonly number[];
  /** The judge itself on real pictures of the test part. */
  readonly classifier: { readonly images: number; readonly accuracy: number };
}

export interface AgreementOptions {
  readonly samplesPerClass: number;
  /** Of the samples and of the classifier. */
  readonly seed: number;
  readonly batchSize: number;
  readonly onProgress?: (share: number, note: string) => void;
}

/** Share of the work, roughly: training the classifier, then drawing. */
const TRAINING_SHARE = 0.5;

/**
 * Trains the classifier on the training part, draws samples of every class at temperature 1, and compares.
 *
 * @param file of a model with classes.
 * @throws {DataError} when the set's pictures or classes are not the model's.
 */
export async function measureClassAgreement(
  { model, preparation }: ModelFile,
  dataset: Dataset,
  options: AgreementOptions,
): Promise<ClassAgreement> {
  const { network } = model;
  const { classes } = network;
  checkDataset(network, dataset);
  const { samplesPerClass, seed, batchSize, onProgress } = options;
  const classifier = await Classifier.train(dataset, {
    preparation,
    seed,
    onProgress: (done, total) => onProgress?.((TRAINING_SHARE * done) / total, "training the classifier"),
  });
  try {
    const images = samplesPerClass * classes;
    const asked = labelsInRows(samplesPerClass, classes);
    const drawn = await drawPictures(model, {
      count: images,
      seed,
      batchSize,
      classLabel: asked,
      signal: new AbortController().signal,
      onProgress: (done) =>
        onProgress?.(
          TRAINING_SHARE + ((1 - TRAINING_SHARE) * done) / images,
          `${Math.floor(done)}/${images} samples`,
        ),
    });
    const named = await classifier.classify(drawn.pixels);
    const agreed = new Array<number>(classes).fill(0);
    asked.forEach((label, i) => {
      if (named[i] === label) agreed[label]! += 1;
    });
    return {
      images,
      agreement: agreed.reduce((sum, count) => sum + count, 0) / images,
      perClass: agreed.map((count) => count / samplesPerClass),
      classifier: {
        images: dataset.test.length,
        accuracy: await classifier.accuracy(dataset.test, seed),
      },
    };
  } finally {
    classifier.dispose();
  }
}
