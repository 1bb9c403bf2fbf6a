/** `models/results.json`: what was measured of every shipped model, so that a subset can be checked without the whole. */
import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { writeAtomic } from "@pixelcnn/runs";
import * as v from "valibot";

const likelihood = v.object({ images: v.number(), nats: v.number(), bitsPerDim: v.number() });

const measurement = v.object({
  /** Of the model file, hex: another file needs another measurement. */
  sha256: v.string(),
  dataset: v.string(),
  picture: v.object({
    height: v.number(),
    width: v.number(),
    channels: v.number(),
    levels: v.number(),
  }),
  binarise: v.nullable(v.picklist(["fixed", "dynamic", "threshold"])),
  weights: v.number(),
  steps: v.number(),
  /** The whole test part. */
  test: likelihood,
  /** Evenly spaced pictures of it; all of them where there are few. */
  part: likelihood,
  /** Null for a model without classes. */
  classAgreement: v.nullable(
    v.object({
      images: v.number(),
      agreement: v.number(),
      classifier: v.object({ images: v.number(), accuracy: v.number() }),
    }),
  ),
  /** Of sets whose levels have no order: few colours, few pixels, where a sample could be a picture of the training. */
  copies: v.optional(
    v.object({
      ...{ images: v.number(), copies: v.number(), trained: v.number() },
      /** Among fewer samples, and the same pictures of the training. */
      part: v.object({ images: v.number(), copies: v.number() }),
    }),
  ),
});

/** What was measured of one model. */
export type Measurement = v.InferOutput<typeof measurement>;

/** Measurements by the model's name. */
export type Results = Readonly<Record<string, Measurement>>;

const recordIn = (root: string) => join(root, "models", "results.json");

/** Names of the model files in `models/`, sorted. */
export async function shippedModels(root: string): Promise<string[]> {
  const files = await readdir(join(root, "models"));
  return files
    .filter((name) => name.endsWith(".safetensors"))
    .map((name) => name.replace(".safetensors", ""))
    .sort();
}

export function modelFileIn(root: string, model: string): string {
  return join(root, "models", `${model}.safetensors`);
}

export async function sha256Of(path: string): Promise<string> {
  return createHash("sha256")
    .update(await readFile(path))
    .digest("hex");
}

export async function readResults(root: string): Promise<Results> {
  return v.parse(v.record(v.string(), measurement), JSON.parse(await readFile(recordIn(root), "utf8")));
}

export async function writeResults(root: string, results: Results): Promise<void> {
  await writeAtomic(recordIn(root), `${JSON.stringify(results, null, 2)}\n`);
}
