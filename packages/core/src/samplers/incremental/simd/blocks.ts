/**
 * How a batch is cut: blocks of four pictures that share every load, and single pictures for one or two that are left over (three are cheaper as four).
 */
import type { Network } from "../../../network/graph.ts";
import type { Arena } from "./arena.ts";
import { mixtureBytesOf } from "./draw-mixtures.ts";
import type { BlockInstructions } from "./encode.ts";
import { type BlockSize, weightBytesOf } from "./layout.ts";

/** Blocks of one size, one after the other in memory. */
export interface Blocks {
  readonly instructions: BlockInstructions;
  readonly size: BlockSize;
  readonly count: number;
  /** Address of the first block. */
  readonly base: number;
  /** Address of the weights of a draw, `weightBytes` a block; of a mixture, of what its kernel is told. */
  readonly weights: number;
  readonly weightBytes: number;
  /** The batch's pictures firstPicture … firstPicture + pictures - 1. */
  readonly firstPicture: number;
  readonly pictures: number;
}

/** Places for a batch behind the arena's image; `end` is the address behind them. */
export function placeBlocks(
  { likelihood, picture }: Network,
  arena: Arena,
  count: number,
): { readonly parts: readonly Blocks[]; readonly end: number } {
  const singles = count % 4 === 3 ? 0 : count % 4;
  let end = arena.start;
  const reserve = (bytes: number) => {
    const address = end;
    end += bytes;
    return address;
  };
  const part = (size: BlockSize, firstPicture: number, pictures: number): Blocks => {
    const instructions = arena.image.instructions[size];
    const blocks = Math.ceil(pictures / size);
    const isMixture = likelihood?.kind === "mixture";
    const weightBytes = isMixture ? 0 : weightBytesOf(size, picture.levels);
    const base = reserve(blocks * instructions.layout.blockBytes);
    const weights = reserve(
      isMixture ? mixtureBytesOf(blocks * size, likelihood.components) : blocks * weightBytes,
    );
    return { instructions, size, count: blocks, base, weights, weightBytes, firstPicture, pictures };
  };
  const parts = [part(4, 0, count - singles), part(1, count - singles, singles)].filter(
    ({ pictures }) => pictures > 0,
  );
  return { parts, end };
}
