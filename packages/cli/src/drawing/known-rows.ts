/** Completion: the top of an image as known pixels. */
import type { Network, SampleOptions } from "@pixelcnn/core";
import { type Preparation, quantise } from "@pixelcnn/core/data";
import { CliError } from "../cli-error.ts";
import { decodeImage } from "../datasets/decode-image.ts";
import { userPath } from "../paths.ts";

/**
 * The top `rows` rows of an image, scaled to the model's size, in the model's levels (two levels by a threshold, whatever the
 * model was trained with: one image gives one start).
 *
 * @throws {CliError} when the image cannot be read or has fewer rows.
 */
export async function knownRows(
  image: string,
  rows: number,
  { picture }: Network,
  { levels }: Preparation,
): Promise<NonNullable<SampleOptions["known"]>> {
  const { height, width, channels } = picture;
  if (rows > height)
    throw new CliError(`--rows: expected at most ${height}, the model's height, got ${rows}`);
  if (channels !== 1 && channels !== 3) throw new CliError(`expected 1 or 3 channels, got ${channels}`);
  const bytes = await decodeImage(userPath(image), image, { height, width, channels });
  const mask = new Uint8Array(bytes.length).fill(1, 0, rows * width * channels);
  return { levels: quantise(bytes, levels), mask };
}
