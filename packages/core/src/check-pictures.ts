/** Whether values are pictures of a shape. */
import { OptionError, ShapeError } from "./errors.ts";
import { dimensions, type LevelArray, type PictureShape } from "./picture.ts";

/** @throws {ShapeError} when `levels` is not H·W·C values, {OptionError} for a level that there is not. */
export function checkPicture(levels: LevelArray, picture: PictureShape): void {
  if (levels.length !== dimensions(picture)) {
    const { height, width, channels } = picture;
    throw new ShapeError(
      `expected a picture of ${height}×${width}×${channels} levels, got ${levels.length} values`,
    );
  }
  checkPictures(levels, picture);
}

/**
 * @param pictures levels, [count, H, W, C].
 * @returns how many pictures they are.
 * @throws {ShapeError} when they are not whole pictures, or none; {OptionError} for a level that there is not.
 */
export function checkPictures(pictures: LevelArray, picture: PictureShape): number {
  const { height, width, channels, levels } = picture;
  const count = pictures.length / dimensions(picture);
  if (!Number.isInteger(count) || count === 0) {
    throw new ShapeError(
      `expected pictures of ${height}×${width}×${channels} levels, got ${pictures.length} values`,
    );
  }
  const strange = pictures.find((level) => level >= levels);
  if (strange !== undefined) {
    throw new OptionError(
      `expected levels from 0 to ${levels - 1}, got ${strange}; choose a model with more levels`,
    );
  }
  return count;
}
