import { OptionError, ShapeError } from "../errors.ts";
import { dimensions, type LevelArray, type PictureShape } from "../picture.ts";

/** @throws {ShapeError} when `levels` is not H·W·C values, {OptionError} for a level that there is not. */
export function checkPicture(levels: LevelArray, picture: PictureShape): void {
  const { height, width, channels, levels: K } = picture;
  if (levels.length !== dimensions(picture)) {
    throw new ShapeError(
      `expected a picture of ${height}×${width}×${channels} levels, got ${levels.length} values`,
    );
  }
  const strange = levels.find((level) => level >= K);
  if (strange !== undefined) throw new OptionError(`expected levels from 0 to ${K - 1}, got ${strange}`);
}
