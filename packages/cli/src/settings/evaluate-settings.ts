/** Settings of `evaluate`. */
import { backendNames } from "@pixelcnn/backends";
import { datasetNames } from "@pixelcnn/datasets/catalogue";
import * as v from "valibot";
import { pjrtPlugin } from "./pjrt-plugin.ts";
import { choice, colour, flag, model, text, whole } from "./schema.ts";

export const evaluateSettings = v.strictObject({
  modelFile: model("model file, a run's model.safetensors, or the name of a model in models/"),
  beside: v.exactOptional(
    model(
      "another model of such pictures, measured on the same ones: how much more it takes, and how sure that is",
    ),
  ),
  dataset: v.exactOptional(text("data set (default: the one the model was trained on)", datasetNames)),
  dataDir: v.exactOptional(text("folder that holds the data sets' folders, or one of them itself")),
  background: v.exactOptional(
    colour("what shows through transparent parts of pictures: white, black or #rrggbb (default: white)"),
  ),
  split: choice("part of the set: train, validation, test", ["train", "validation", "test"]),
  limit: v.exactOptional(whole("pictures to use, evenly spaced (default: all)", 1, 1_000_000_000)),
  classAgreement: flag(
    "instead of the likelihood: how often a classifier names the class that was asked for",
  ),
  samplesPerClass: whole("samples of every class that the classifier judges", 1, 100_000),
  seed: whole(
    "seed of dynamic binarisation, and of the samples and the classifier",
    0,
    Number.MAX_SAFE_INTEGER,
  ),
  batchSize: whole("pictures of one pass; changes speed and memory, never the result", 1, 4096),
  backend: choice(`where it computes: ${backendNames.join(", ")}`, backendNames),
  pjrtPlugin,
});

export type EvaluateSettings = v.InferOutput<typeof evaluateSettings>;

export const evaluateDefaults = {
  modelFile: "glyphs",
  split: "test",
  classAgreement: false,
  samplesPerClass: 100,
  seed: 0,
  batchSize: 32,
  backend: "auto",
} as const satisfies Partial<EvaluateSettings>;
