/** The presets at sizes that tests can afford: of the Pixel RNNs one, whose cells are swept both ways. Row LSTM's are among the hand-built networks. */

import type { Model } from "../../src/network/model.ts";
import type { AllPresetOptions, PresetName } from "../../src/presets/build-preset.ts";

import { randomModel } from "./random-model.ts";

export const modelNames = [
  "naive",
  "pixelcnn",
  "gated",
  "pixelcnn++",
  "local",
  "snail",
  "diagonal-bilstm",
] as const satisfies readonly PresetName[];

/** And the other Pixel RNN, for what draws, scores and tells probabilities. */
export const drawnModelNames = [...modelNames, "row-lstm"] as const;

/** A preset with two layers and 7 channels (three groups of 3, 2, 2) unless told otherwise, and random weights. */
export function smallModel(name: PresetName, options: AllPresetOptions, seed = 1): Model {
  return randomModel(name, { channels: 7, layers: 2, ...options }, seed);
}
