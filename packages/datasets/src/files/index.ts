// @pixelcnn/datasets/files: single files from strangers, within their limits.

export {
  BACKGROUND,
  decodeImage,
  type ImageFormat,
  type ImageHeader,
  readHeader,
} from "./decode-image.ts";
export { gunzip } from "./gunzip.ts";
export { anyFile, type SizeLimit } from "./size-limit.ts";
export { chunksOf, readTarFiles, type TarRequest } from "./tar-files.ts";
