/** A `.npy` file of pictures, [N, H, W] or [N, H, W, C]: grey or RGB, of 8 or 16 bits. Every tenth picture is for testing. */
import { basename } from "node:path";
import { type Dataset, parseNpy, picturesDataset } from "@pixelcnn/core/data";
import { DatasetsError } from "../datasets-error.ts";
import { readPlain } from "../files/read-file.ts";
import { anyFile } from "../files/size-limit.ts";

/** Largest height and width: anything above is no set of small pictures. */
const MOST_SIDE = 8192;

/** @throws {DatasetsError} when the array is not one of pictures, {DataError} when it is none that is read. */
export async function loadNpy(path: string): Promise<Dataset> {
  const { shape, values } = parseNpy(await readPlain(path, anyFile), path);
  const [count = 0, height = 0, width = 0, channels = 1] = shape;
  const isPictures =
    (shape.length === 3 || shape.length === 4) &&
    [height, width].every((side) => side >= 1 && side <= MOST_SIDE) &&
    (channels === 1 || channels === 3);
  if (!isPictures) {
    throw new DatasetsError(
      `${path}: expected an array of pictures, [N, H, W] or [N, H, W, C] with 1 or 3 channels, got ${shape.join("×") || "one number"}; transpose it`,
    );
  }
  return picturesDataset({
    name: basename(path).replace(/\.npy$/i, ""),
    height,
    width,
    channels: channels === 3 ? 3 : 1,
    classNames: [],
    train: { pixels: values, labels: new Uint8Array(count) },
  });
}
