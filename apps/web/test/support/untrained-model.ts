/** A model that nobody trained, as a file that the page can read. */
import { buildPreset, encodeModelFile, type Model, type PictureShape } from "@pixelcnn/core";
import { initialise } from "@pixelcnn/core/training";

type Options = Parameters<typeof buildPreset>;

export function untrainedModel(name: Options[0], options: Options[1]): { model: Model; file: Uint8Array } {
  const model = initialise(buildPreset(name, options), 1);
  return { model, file: encodeUntrained(model, options.picture) };
}

function encodeUntrained(model: Model, { levels }: PictureShape): Uint8Array {
  return encodeModelFile({
    model,
    preparation: { levels, binarise: null },
    provenance: {
      dataset: "none",
      command: "none",
      date: "2026-01-31",
      steps: 0,
      trainNats: null,
      validation: null,
      test: null,
    },
  });
}

/** Of the pictures and classes of `glyphs`, with next to nothing to compute: for what computes the whole network again and again. */
export function smallestGlyphs(): ReturnType<typeof untrainedModel> {
  const picture = { height: 16, width: 16, channels: 1, levels: 4 };
  const { model } = untrainedModel("gated", { picture, classes: 10, channels: 4, layers: 1 });
  // What begins at 0, logits and what classes add, leaves a picture its noise alone: these tell of class and pixels before as well.
  for (const values of model.weights.values())
    if (values.every((value) => value === 0)) values.set(values.map((_, i) => Math.sin(i + 1)));
  return { model, file: encodeUntrained(model, picture) };
}
