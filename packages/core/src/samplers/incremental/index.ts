/**
 * The incremental sampler's single versions, for who compares them; {@link incrementalSampler} chooses the best by itself.
 *
 * @module @pixelcnn/core/incremental
 */

export { bytesPerPicture } from "./bytes-per-picture.ts";
export { incrementalSampler, simdSampler } from "./sampler.ts";
export { scalarSampler } from "./scalar-sampler.ts";
export {
  bestVariant,
  type KernelPart,
  type KernelSource,
  type KernelVariant,
  kernelBytes,
  takeKernelsFrom,
} from "./simd/kernels.ts";
