/** Settings of `compress` and `decompress`. */
import * as v from "valibot";
import { model, text, whole } from "./schema.ts";

const modelFile = "model file, a run's model.safetensors, or the name of a model in models/";

export const compressSettings = v.strictObject({
  modelFile: model(modelFile),
  out: v.exactOptional(text("file to write, - for standard output (default: the input's name and .pxc)")),
  class: v.exactOptional(
    whole(
      "class label of all pictures (default: their labels in a .npz file, or class folders; else of each the one that makes it smallest, all of which are tried, so ten classes take 11 times as long)",
      0,
      65_535,
    ),
  ),
});

export const compressDefaults = { modelFile: "glyphs" } as const;

export const decompressSettings = v.strictObject({
  modelFile: v.exactOptional(model(`${modelFile} (default: the one of models/ that compressed it)`)),
  out: v.exactOptional(
    text(
      "PNG file, .npy or .npz file, folder of PNG files, or - for standard output (default: by what was compressed, an array with labels as .npz, under the file's name)",
    ),
  ),
});
