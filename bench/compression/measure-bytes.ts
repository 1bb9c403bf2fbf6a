/** What the first test pictures of a shipped model's set take, compressed, beside what evaluate says of the same ones. */
import { readFile, stat } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import {
  decodeModelFile,
  decodePxc,
  encodePxc,
  type Model,
  type ModelFile,
  type PxcPictures,
} from "@pixelcnn/core";
import { type Dataset, readBatch, type Split } from "@pixelcnn/core/data";
import { evaluate } from "@pixelcnn/core/training";
import { dataPlaces, loadDataset } from "@pixelcnn/datasets";

export interface MeasuredBytes {
  readonly dataset: Dataset;
  readonly model: Model;
  /** [count, H, W, C] */
  readonly levels: Uint8Array;
  readonly labels: readonly number[];
  /** Of the .pxc file, from which the same pictures came back. */
  readonly bytes: number;
  readonly weightBytes: number;
  /** What evaluate says, of all pictures. */
  readonly evaluatedBits: number;
  /** What their labels take, of which evaluate says nothing; 0 without classes. */
  readonly labelBits: number;
}

/**
 * A backend has to be started.
 *
 * @param wanted pictures, of which there may be fewer.
 * @param dataFolder where the data sets lie.
 */
export async function measureBytes(
  name: string,
  wanted: number,
  dataFolder = process.env.PIXELCNN_DATA,
): Promise<MeasuredBytes> {
  const path = fileURLToPath(new URL(`../../models/${name}.safetensors`, import.meta.url));
  const file = decodeModelFile(await readFile(path));
  const { model } = file;
  const dataset = await loadDataset(file.provenance.dataset, dataPlaces(".", undefined, dataFolder));
  const split = firstOf(dataset.test, wanted);
  const { levels, labels } = levelsOf(file, dataset, split.length);
  const { nats, images } = await evaluate(model, dataset, split, { preparation: file.preparation });
  const bytes = await encodePxc(model, picturesOf(model, levels), classesOf(model, labels));
  const { levels: back } = await decodePxc(model, bytes);
  if (!back.every((level, i) => level === levels[i])) throw new Error(`${name}: other pictures came back`);
  return {
    ...{ dataset, model, levels, labels },
    bytes: bytes.length,
    weightBytes: (await stat(path)).size,
    evaluatedBits: (nats * images) / Math.LN2,
    labelBits: labelBits(labels, model.network.classes),
  };
}

/** By how often each has come, as docs/pxc-format.md says. */
function labelBits(labels: readonly number[], classes: number): number {
  if (classes === 0) return 0;
  const counts = new Array<number>(classes).fill(1);
  return labels.reduce((bits, label, i) => bits + Math.log2((classes + i) / counts[label]!++), 0);
}

/** The first pictures of a part, where `limitSplit` takes some of all of it. */
function firstOf(part: Split, most: number): Split {
  return { length: Math.min(part.length, most), read: (...where) => part.read(...where) };
}

function levelsOf({ preparation }: ModelFile, dataset: Dataset, count: number) {
  const indices = Array.from({ length: count }, (_, i) => i);
  const batch = readBatch(dataset, dataset.test, indices, preparation, { seed: 0, time: 0 });
  return { levels: Uint8Array.from(batch.levels), labels: [...batch.labels] };
}

export function picturesOf({ network }: Model, levels: Uint8Array): PxcPictures {
  const { height, width, palette } = network.picture;
  const stored = palette === undefined ? "bytes" : "colours";
  return { height, width, levels, alpha: null, stored, ...(palette && { palette }) };
}

/** What a model with classes is told of pictures. */
export function classesOf({ network }: Model, labels: readonly number[]): { classLabel?: readonly number[] } {
  return network.classes === 0 ? {} : { classLabel: labels };
}
