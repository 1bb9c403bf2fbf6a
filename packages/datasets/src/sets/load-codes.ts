/**
 * An array of codes as a data set, [N, H, W]: maps of tiles, or what the encoder of a VQ model makes of pictures. A number stands for a thing and
 * is near no other, so all of them are levels as they are.
 */
import { type Dataset, picturesDataset } from "@pixelcnn/core/data";
import { DatasetsError } from "../datasets-error.ts";
import { labelledPictures, labelNames } from "./labelled-pictures.ts";
import { MOST_SIDE } from "./load-npy.ts";
import { arrayName, readArrays } from "./read-arrays.ts";

/** Most codes of a book. */
export const MOST_CODES = 16_384;

/**
 * @param levels of the codes; one more than the highest when left out.
 * @throws {DatasetsError} when the array is none of codes, or has too many; {DataError} when it is none that is read.
 */
export async function loadCodes(path: string, levels?: number): Promise<Dataset> {
  const { train, validation, test, labels } = await readArrays(path);
  const [, height = 0, width = 0] = train.shape;
  const all = [train, validation, test].filter((part) => part !== undefined);
  for (const { shape } of all) {
    const isCodes = shape.length === 3 && [height, width].every((side) => side >= 1 && side <= MOST_SIDE);
    if (!isCodes || shape[1] !== height || shape[2] !== width) {
      throw new DatasetsError(
        `${path}: expected codes [N, H, W] of one size, got ${all.map((part) => part.shape.join("×") || "one number").join(" and ")}; reshape them`,
      );
    }
  }
  let highest = 0;
  for (const { values } of all) for (const value of values) highest = Math.max(highest, value);
  const names = levels ?? highest + 1;
  if (names > MOST_CODES) {
    throw new DatasetsError(
      `${path}: expected at most ${MOST_CODES} codes, got ${levels === undefined ? `the number ${highest}` : names}; take a smaller book, or npy:<file> for pictures of 16 bits`,
    );
  }
  return picturesDataset({
    name: arrayName(path),
    height,
    width,
    channels: 1,
    names,
    classNames: labelNames(labels),
    train: labelledPictures(train, labels, path),
    ...(validation && { validation: labelledPictures(validation, undefined, path) }),
    ...(test && { test: labelledPictures(test, undefined, path) }),
  });
}
