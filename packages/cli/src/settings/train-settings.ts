/**
 * Settings of `train`. Flags, config files, their JSON Schema and help all come from here.
 *
 * One file although long: a line or two for every setting, and the lists that order them.
 */
import { backendNames } from "@pixelcnn/backends";
import type { Plane, PresetName, StoredType } from "@pixelcnn/core";
import type { OptimiserName } from "@pixelcnn/core/training";
import { datasetNames } from "@pixelcnn/datasets/catalogue";
import type { Precision } from "@pixelcnn/xla";
import * as v from "valibot";
import { pjrtPlugin } from "./pjrt-plugin.ts";
import {
  choice,
  choices,
  colour,
  deviceCount,
  figure,
  flag,
  lengthOfTime,
  model,
  pictureSize,
  text,
  whole,
  wholes,
} from "./schema.ts";

const million = 1_000_000;
/** Written out, so that help needs no network code; the compiler refuses a name that is missing or too many. */
const modelNames = Object.keys({
  naive: 0,
  pixelcnn: 0,
  gated: 0,
  "pixelcnn++": 0,
  local: 0,
  snail: 0,
  "row-lstm": 0,
  "diagonal-bilstm": 0,
} satisfies Record<PresetName, 0>) as PresetName[];

const planes = Object.keys({ inside: 0, row: 0, column: 0 } satisfies Record<Plane, 0>) as Plane[];

/** What --stored-weights may be, and how the file names it. */
export const storedTypes = { float32: "F32", float16: "F16" } as const satisfies Record<string, StoredType>;
const storedNames = Object.keys(storedTypes) as (keyof typeof storedTypes)[];
const precisionNames = Object.keys({ float32: 0, tf32: 0, bf16: 0 } satisfies Record<
  Precision,
  0
>) as Precision[];

const optimiserNames = Object.keys({ adam: 0, muon: 0 } satisfies Record<
  OptimiserName,
  0
>) as OptimiserName[];

export const trainSettings = v.strictObject({
  dataset: text(`data set: ${datasetNames.join(", ")}`, datasetNames),
  dataDir: v.exactOptional(text("folder that holds the data sets' folders, or one of them itself")),
  size: v.exactOptional(
    pictureSize(
      "WxH, or one number, in pixels, of glyphs (default: 16) or of a folder's pictures (default: theirs, or 32)",
    ),
  ),
  grey: v.exactOptional(flag("read a folder's pictures as grey (default: as they are)")),
  palette: v.exactOptional(
    choice(
      "read a folder's pictures as colours by number (default: where every file is an indexed PNG or GIF)",
      ["yes", "no"],
    ),
  ),
  background: v.exactOptional(
    colour("what shows through transparent parts of pictures: white, black or #rrggbb (default: white)"),
  ),
  model: choice(`network: ${modelNames.join(", ")}`, modelNames),
  channels: whole("channels of the hidden layers", 1, 1024),
  layers: whole(
    "convolution layers (naive), layers out and back (pixelcnn++) or residual blocks (the others)",
    1,
    64,
  ),
  dilations: v.exactOptional(
    wholes("dilations of gated's blocks, taken in turn, or of pixelcnn++'s stages", 1, 64),
  ),
  hinges: v.exactOptional(
    flag("read values through hinges, for pictures whose levels crowd at black and white"),
  ),
  window: v.exactOptional(
    whole("local: width of the window that decides a pixel, an odd number (default: 7)", 3, 63),
  ),
  planes: v.exactOptional(
    choices(
      "pixelcnn++, local and snail: what the network is told of the place (by default: inside, nothing, all)",
      planes,
    ),
  ),
  heads: v.exactOptional(
    whole("snail: heads of its attention, a picture channel where the network ties them (default: 2)", 1, 64),
  ),
  embedding: v.exactOptional(
    whole(
      "numbers of a learned table in place of a level, 0 for the level itself (default: 16 for colours by number and codes, which have no order, else 0)",
      0,
      1024,
    ),
  ),
  likelihood: v.exactOptional(
    choice(
      "distribution of a value: bernoulli, categorical, mixture (default: bernoulli for two levels, else categorical)",
      ["bernoulli", "categorical", "mixture"],
    ),
  ),
  components: v.exactOptional(whole("logistic distributions of a mixture (default: 10)", 1, 256)),
  dropout: figure("share of hidden activations that are dropped in training", 0, 0.95),
  levels: whole(
    "levels of a value: 2 for binary pictures, 256 for bytes, 65536 for 16 bits; colours by number and codes have their own",
    2,
    65_536,
  ),
  classes: v.exactOptional(
    whole("0 to ignore class labels, or the number that the set has (default: that number)", 0, 1000),
  ),
  binarise: v.exactOptional(
    choice(
      "how two levels are made: fixed, dynamic, threshold (default: fixed for a binary set, else dynamic)",
      ["fixed", "dynamic", "threshold"],
    ),
  ),
  epochs: v.exactOptional(whole("passes over the training pictures", 1, million)),
  steps: v.exactOptional(whole("optimiser steps, instead of epochs", 1, 1000 * million)),
  minutes: v.exactOptional(
    figure("minutes of training, instead of epochs; the learning rate decays over them", 0.01, 100_000),
  ),
  time: v.exactOptional(lengthOfTime("the same as minutes: 90s, 30m, 1h30m or 2d")),
  patience: v.exactOptional(
    whole("ends it after so many epochs without a better validation (default: it goes on)", 1, million),
  ),
  trainOn: v.exactOptional(
    choice("what a step learns from: whole pictures, or single pixels of many (local alone)", [
      "pictures",
      "pixels",
    ]),
  ),
  flips: v.exactOptional(
    flag("flip about half of the training pictures left to right, other ones every epoch; for photographs"),
  ),
  noisyWindows: v.exactOptional(
    figure(
      "of pixels: share of their windows in which noise takes the place of pixels, so that drawing finds back after a slip",
      0,
      1,
    ),
  ),
  flatPlaces: v.exactOptional(
    figure(
      "of pixels: share taken of those around which all is alike and that teach little; each counts for those passed over",
      0.01,
      1,
    ),
  ),
  batchSize: whole("pictures of one step, or pixels", 1, 65_536),
  optimiser: choice(
    "rule that changes the weights: adam, or muon, which makes the changes of matrices orthogonal and learns more a step",
    optimiserNames,
  ),
  weightDecay: figure("what the matrices of weights lose of themselves per step and learning rate", 0, 100),
  learningRate: figure("highest learning rate", 1e-8, 1),
  warmupSteps: whole("steps over which the learning rate rises to it", 0, million),
  beta1: figure("what the mean of the gradients keeps of itself per step", 0, 0.99999),
  beta2: figure("what Adam's mean of their squares keeps of itself per step", 0, 0.9999999),
  clipNorm: figure("largest norm of a gradient; longer ones are shortened to it", 1e-6, 1e6),
  averageDecay: figure("most that the moving average of the weights keeps of itself per step", 0, 0.99999),
  seed: whole("seed of weights, order, noise and samples", 0, Number.MAX_SAFE_INTEGER),
  backend: choice(`where it computes: ${backendNames.join(", ")}`, backendNames),
  pjrtPlugin,
  workers: v.exactOptional(
    whole("threads that compute, on wasm; the numbers depend on it (default: the cores)", 1, 64),
  ),
  devices: v.exactOptional(
    deviceCount(
      "devices that share every batch, on xla: a number, or all; the numbers depend on it (default: 1)",
    ),
  ),
  precision: choice(
    "how products and convolutions multiply, on xla: float32, bf16, or tf32 of GPUs; likelihoods are float32",
    precisionNames,
  ),
  limit: v.exactOptional(whole("training pictures to use, evenly spaced (default: all)", 1, 1000 * million)),
  testLimit: v.exactOptional(
    whole(
      "test pictures of every evaluation, 0 for all (default: 1000, and all of them for the last)",
      0,
      1000 * million,
    ),
  ),
  samples: whole("pictures of the sheet drawn after every epoch, 0 for none", 0, 1024),
  checkpointEvery: whole(
    "steps between checkpoints besides those after every epoch, 0 for none",
    0,
    1000 * million,
  ),
  checkpointMinutes: figure(
    "minutes between checkpoints at most, besides those; the first comes after one minute; 0 for none",
    0,
    100_000,
  ),
  keep: whole("newest checkpoints to keep, besides the model of the best validation", 1, 1_000_000),
  storedWeights: choice(
    "how the model file stores its weights: float32, or rounded to float16, in half the room; checkpoints stay float32",
    storedNames,
  ),
  initFrom: v.exactOptional(
    model("model file to start from; its network takes the place of model, channels, layers and levels"),
  ),
  warmStart: v.exactOptional(
    model("model file whose layers are taken; new ones may be more and wider, and the rest starts anew"),
  ),
  run: v.exactOptional(
    text("name of the run in runs/, or a path with a slash (default: made from set, model and time)"),
  ),
});

export type TrainSettings = v.InferOutput<typeof trainSettings>;

/** How the help is ordered. A setting that is in no group would stand among the options of the command itself. */
export const trainGroups = {
  "Data:": [
    ...["dataset", "dataDir", "size", "grey", "palette", "background", "levels", "classes", "binarise"],
    ...["limit", "testLimit"],
  ],
  "Network:": [
    ...["model", "channels", "layers", "dilations", "hinges", "window", "planes", "heads", "embedding"],
    ...["likelihood", "components", "dropout", "initFrom", "warmStart"],
  ],
  "Length:": ["epochs", "steps", "minutes", "time", "patience"],
  "Steps:": [
    ...[
      "trainOn",
      "flips",
      "noisyWindows",
      "flatPlaces",
      "batchSize",
      "optimiser",
      "weightDecay",
      "learningRate",
      "warmupSteps",
      "beta1",
      "beta2",
      "clipNorm",
    ],
    ...["averageDecay", "seed"],
  ],
  "Engine:": ["backend", "pjrtPlugin", "workers", "devices", "precision"],
  "What is kept:": ["samples", "checkpointEvery", "checkpointMinutes", "keep", "storedWeights", "run"],
} as const satisfies Record<string, readonly (keyof typeof trainSettings.entries)[]>;

/** What may be changed when a training goes on. */
export const resumableSettings = [
  "epochs",
  "steps",
  "minutes",
  "time",
  "patience",
  "optimiser",
  "weightDecay",
  "learningRate",
  "noisyWindows",
  "flatPlaces",
  "backend",
  "pjrtPlugin",
  "workers",
  "devices",
  "precision",
  "checkpointEvery",
  "checkpointMinutes",
  "keep",
  "storedWeights",
] as const;

/** One of them ends a training. */
const lengthSettings = ["epochs", "steps", "minutes", "time"] as const;

/** One of them, if any, is where the weights come from. */
const startSettings = ["initFrom", "warmStart"] as const;

/** Groups of settings of which one at most is given. */
export const exclusiveSettings = [lengthSettings, startSettings];

/** The default training: the embedded glyphs, class by class, in two and a half minutes. */
export const trainDefaults = {
  dataset: "glyphs",
  model: "gated",
  channels: 32,
  layers: 6,
  dropout: 0,
  levels: 4,
  minutes: 2.5,
  batchSize: 8,
  optimiser: "adam",
  weightDecay: 0,
  learningRate: 4e-3,
  warmupSteps: 50,
  beta1: 0.9,
  beta2: 0.99,
  clipNorm: 1,
  averageDecay: 0.99,
  seed: 0,
  backend: "auto",
  precision: "float32",
  samples: 40,
  checkpointEvery: 0,
  checkpointMinutes: 5,
  keep: 3,
  storedWeights: "float32",
} as const satisfies Partial<TrainSettings>;
