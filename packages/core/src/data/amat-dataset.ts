/** Three `.amat` files as one data set. */
import type { AmatPictures } from "./amat.ts";
import { DataError } from "./data-error.ts";
import type { Dataset } from "./dataset.ts";
import { storedSplit } from "./stored-split.ts";

/**
 * A binary data set without labels, with its own validation file.
 *
 * @throws {DataError} when the three files hold pictures of different sizes.
 */
export function amatDataset(files: {
  readonly name: string;
  readonly train: AmatPictures;
  readonly validation: AmatPictures;
  readonly test: AmatPictures;
}): Dataset {
  const { height, width } = files.train;
  for (const other of [files.validation, files.test]) {
    if (other.height !== height || other.width !== width) {
      throw new DataError(
        `${other.name}: expected pictures of ${height}×${width} as in ${files.train.name}, got ${other.height}×${other.width}; use files of one data set`,
      );
    }
  }
  const size = height * width;
  return {
    name: files.name,
    height,
    width,
    channels: 1,
    levels: 2,
    classes: 0,
    train: storedSplit(files.train.pixels, size),
    validation: storedSplit(files.validation.pixels, size),
    test: storedSplit(files.test.pixels, size),
  };
}
