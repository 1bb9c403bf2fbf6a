/** Settings of `generate`. */
import { backendNames } from "@pixelcnn/backends";
import * as v from "valibot";
import { choice, colour, figure, flag, model, text, whole } from "./schema.ts";

export const generateSettings = v.strictObject({
  modelFile: model("model file, a run's model.safetensors, or the name of a model in models/"),
  count: whole("pictures to draw", 1, 1_000_000),
  seed: whole("the same seed gives the same pictures everywhere", 0, Number.MAX_SAFE_INTEGER),
  temperature: figure("below 1 safer pictures, above 1 wilder ones, 0 leaves nothing to chance", 0, 100),
  class: v.exactOptional(text("class label, or all for a row per class (default: the classes in turn)")),
  sampler: choice("how, all to the same pictures: auto, shader, incremental, fixed-point, naive", [
    "auto",
    "shader",
    "incremental",
    "fixed-point",
    "naive",
  ]),
  backend: choice(
    `where the naive and the fixed-point sampler compute: ${backendNames.join(", ")}`,
    backendNames,
  ),
  batchSize: whole("pictures drawn together; changes speed and memory, never a picture", 1, 4096),
  workers: v.exactOptional(whole("threads that draw (default: by the number of pictures)", 1, 64)),
  complete: v.exactOptional(
    text("picture whose top is kept and whose rest is drawn, count times side by side"),
  ),
  rows: v.exactOptional(whole("rows of that picture to keep", 1, 4096)),
  background: v.exactOptional(
    colour("what shows through transparent parts of pictures: white, black or #rrggbb (default: white)"),
  ),
  animate: v.exactOptional(text("GIF file of the pictures as they are drawn, besides --out")),
  out: v.exactOptional(
    text(
      ".png is a sheet, .gif the sheet as it grows, .npy the levels, .npz levels and labels, a folder a PNG each, - a sheet on standard output (default: samples.png, nothing with --ascii or --show)",
    ),
  ),
  columns: v.exactOptional(whole("pictures in a row of the sheet (default: as square as it goes)", 1, 4096)),
  scale: v.exactOptional(whole("screen pixels of one picture pixel (default: 1 to 4 by size)", 1, 64)),
  show: flag("put the pictures on the screen, in colour where it has colours, as many as it has room for"),
  ascii: flag("print the pictures as text of 7 bits"),
});

/** How the help is ordered. */
export const generateGroups = {
  "What is drawn:": [
    ...["modelFile", "count", "seed", "temperature", "class", "complete", "rows", "background"],
  ],
  "How:": ["sampler", "backend", "batchSize", "workers"],
  "Where to:": ["out", "columns", "scale", "show", "ascii", "animate"],
} as const satisfies Record<string, readonly (keyof typeof generateSettings.entries)[]>;

export type GenerateSettings = v.InferOutput<typeof generateSettings>;

export const generateDefaults = {
  modelFile: "glyphs",
  count: 40,
  seed: 0,
  temperature: 1,
  sampler: "auto",
  backend: "auto",
  batchSize: 16,
  show: false,
  ascii: false,
} as const satisfies Partial<GenerateSettings>;
