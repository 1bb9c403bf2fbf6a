import type { Model } from "../../network/model.ts";
import { memoryImageOf } from "./simd/encode.ts";

/** Pictures of the blocks that the kernels fill whenever there are so many. */
const BLOCK = 4;

/**
 * What a picture takes while it is drawn beside others, in bytes: the rows of activations that later positions read. Where there is attention these are all
 * rows of its keys and values, so it grows with the square of the side.
 */
export function bytesPerPicture(model: Model): number {
  return memoryImageOf(model).instructions[BLOCK].layout.blockBytes / BLOCK;
}
