/**
 * Single files from strangers, within their limits.
 *
 * @module @pixelcnn/datasets/files
 */

export {
  BACKGROUND,
  decodePicture,
  type PictureFormat,
  type PictureHeader,
  readHeader,
} from "./decode-picture.ts";
export { gunzip } from "./gunzip.ts";
export { npzArrays } from "./npz-arrays.ts";
export { type ColouredPicture, colourAt, colourOf, readColours } from "./read-colours.ts";
export { readPlain } from "./read-file.ts";
export { type ExactPicture, readPixels } from "./read-pixels.ts";
export { anyFile, type SizeLimit } from "./size-limit.ts";
export { chunksOf, readTarFiles, type TarRequest } from "./tar-files.ts";
