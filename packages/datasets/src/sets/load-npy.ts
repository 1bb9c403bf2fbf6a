/** An array file of pictures, [N, H, W] or [N, H, W, C]: grey or RGB, of 8 or 16 bits. Every tenth picture is for testing, where no part is. */
import { type Dataset, picturesDataset } from "@pixelcnn/core/data";
import { DatasetsError } from "../datasets-error.ts";
import { labelledPictures, labelNames } from "./labelled-pictures.ts";
import { arrayName, readArrays } from "./read-arrays.ts";

/** Largest height and width: anything above is no set of small pictures. */
export const MOST_SIDE = 8192;

/** @throws {DatasetsError} when the array is not one of pictures, {DataError} when it is none that is read. */
export async function loadNpy(path: string): Promise<Dataset> {
  const { train, validation, test, labels } = await readArrays(path);
  const [, height = 0, width = 0, channels = 1] = train.shape;
  for (const part of [train, validation, test]) {
    if (part === undefined) continue;
    const { shape, values } = part;
    const isPictures =
      (shape.length === 3 || shape.length === 4) &&
      [height, width].every((side) => side >= 1 && side <= MOST_SIDE) &&
      (channels === 1 || channels === 3);
    const isOfKind = values.BYTES_PER_ELEMENT === train.values.BYTES_PER_ELEMENT;
    if (!isPictures || !isOfKind || String(shape.slice(1)) !== String(train.shape.slice(1))) {
      throw new DatasetsError(
        `${path}: expected an array of pictures, [N, H, W] or [N, H, W, C] with 1 or 3 channels, got ${shape.join("×") || "one number"}; transpose it`,
      );
    }
  }
  return picturesDataset({
    name: arrayName(path),
    height,
    width,
    channels: channels === 3 ? 3 : 1,
    classNames: labelNames(labels),
    train: labelledPictures(train, labels, path),
    ...(validation && { validation: labelledPictures(validation, undefined, path) }),
    ...(test && { test: labelledPictures(test, undefined, path) }),
  });
}
