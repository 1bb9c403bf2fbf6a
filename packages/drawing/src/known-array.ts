import { dimensions, levelArray, type PictureShape, type SampleOptions } from "@pixelcnn/core";
import { parseNpy } from "@pixelcnn/core/data";
import { DrawingError } from "./drawing-error.ts";

/**
 * The top `rows` rows of the first picture of an array of NumPy, whose numbers are the model's levels, as `generate` writes them: [H, W], [N, H, W], or
 * either with the channels behind.
 *
 * @throws {DrawingError} when it has other sides than the model's pictures, or levels that the model has not; {DatasetsError} for no file, or a very long one.
 */
export async function knownArray(
  path: string,
  rows: number,
  picture: PictureShape,
  name: string,
): Promise<NonNullable<SampleOptions["known"]>> {
  const { anyFile, readPlain } = await import("@pixelcnn/datasets/files");
  const { height, width, channels, levels } = picture;
  const { shape, values } = parseNpy(await readPlain(path, anyFile, name), name);
  const size = dimensions(picture);
  const sides = [...(shape.length > 2 && shape.at(-1) === channels ? shape.slice(0, -1) : shape)];
  const count = sides.length === 3 ? sides.shift()! : 1;
  if (String(sides) !== `${height},${width}` || values.length !== count * size || count === 0) {
    const wanted = channels === 1 ? `[${height}, ${width}]` : `[${height}, ${width}, ${channels}]`;
    throw new DrawingError(
      `${name}: expected an array ${wanted}, or of several such, for the model's pictures, got [${shape.join(", ")}]; reshape it`,
    );
  }
  const first = values.slice(0, size);
  let most = 0;
  for (const level of first) most = Math.max(most, level);
  if (most >= levels)
    throw new DrawingError(
      `${name}: expected levels from 0 to ${levels - 1}, the model's, got ${most}; choose another array`,
    );
  const mask = new Uint8Array(size).fill(1, 0, rows * width * channels);
  const known = levelArray(levels, size);
  known.set(first);
  return { levels: known, mask };
}
