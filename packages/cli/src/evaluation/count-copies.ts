/** Does a model draw, or does it repeat? Samples that are a picture of its training, level for level. */
import type { ModelFile } from "@pixelcnn/core";
import { type Dataset, pictureReader, type Split } from "@pixelcnn/core/data";
import { drawPictures, labelsInRows } from "@pixelcnn/drawing";

export interface Copies {
  /** Samples drawn. */
  readonly images: number;
  /** Those that are equal to a picture of the training part. */
  readonly copies: number;
  /** Different pictures that they were compared with. */
  readonly trained: number;
}

/** What to draw, and what to compare it with. */
export interface CopiesOptions {
  /** Of every class as many, rounded up. */
  readonly images: number;
  /** Of the training: a set may have fresh pictures in every one. */
  readonly epochs: number;
  readonly seed: number;
  readonly batchSize: number;
}

/**
 * Draws samples at temperature 1, and looks for each among the training pictures as the model takes them. Meant for pictures of few levels: no two photographs
 * are equal.
 */
export async function countCopies(
  { model, preparation }: ModelFile,
  dataset: Dataset,
  { images, epochs, seed, batchSize }: CopiesOptions,
): Promise<Copies> {
  const { classes, picture } = model.network;
  const size = picture.height * picture.width * picture.channels;
  const trained = new Set<string>();
  for (const [split, time] of epochsOf(dataset.train, epochs)) {
    const read = pictureReader(dataset, split, preparation, { seed, time });
    const levels = new Uint16Array(size);
    for (let index = 0; index < split.length; index++) {
      read(index, levels);
      trained.add(keyOf(levels));
    }
  }
  const perClass = Math.ceil(images / Math.max(1, classes));
  const { pixels } = await drawPictures(model, {
    count: perClass * Math.max(1, classes),
    seed,
    batchSize,
    ...(classes > 0 && { classLabel: labelsInRows(perClass, classes) }),
    signal: new AbortController().signal,
    onProgress: () => {},
  });
  const drawn = pixels.length / size;
  let copies = 0;
  for (let i = 0; i < drawn; i++) {
    if (trained.has(keyOf(Uint16Array.from(pixels.subarray(i * size, (i + 1) * size))))) copies++;
  }
  return { images: drawn, copies, trained: trained.size };
}

function epochsOf(train: Split, epochs: number): (readonly [Split, number])[] {
  const { atEpoch } = train;
  if (atEpoch === undefined) return [[train, 1]];
  return Array.from({ length: epochs }, (_, i) => [atEpoch(i + 1), i + 1] as const);
}

/** Two bytes a level, as a string that a set can hold. */
function keyOf(levels: Uint16Array): string {
  return Buffer.from(levels.buffer, levels.byteOffset, levels.byteLength).toString("latin1");
}
