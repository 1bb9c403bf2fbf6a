import { isOrdered, type PictureShape, type PresetOptions } from "@pixelcnn/core";
import type { TrainSettings } from "../settings/train-settings.ts";

/** Numbers of the table in place of a level that has no order, where nobody says otherwise. */
const UNORDERED = 16;

/** How the network is told a level, as an option of a preset: a number stands for an amount, and colours by number and codes are none. */
export function chosenEmbedding(
  { embedding, hinges }: Partial<TrainSettings>,
  picture: PictureShape,
): Pick<PresetOptions, "embedding"> {
  const chosen = embedding ?? (isOrdered(picture) || hinges ? 0 : UNORDERED);
  return chosen > 0 ? { embedding: chosen } : {};
}
