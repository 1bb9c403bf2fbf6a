// Runs instructions of a compiled network on blocks of pictures. A block is 4 pictures, or one; each holds its own
// activations at the same offsets from its base, while weights and instructions are shared.
//
// A module for every network. Three others are loaded by who needs them: attention.ts, cells.ts and mixtures.ts.

import { elementwiseStrip, elementwiseTiles, Kind } from "./elementwise";
import { sumStrip, sumTiles } from "./sum";

export { exponentialStrips, exponentialTiles } from "./exponentials";

/** Bytes of an instruction: 22 words. */
// @ts-ignore: decorator
@inline
const INSTRUCTION: usize = 88;

const enum Operation {
  sum = 0,
  gate = 1,
  affine = 2,
  glu = 3,
}

// @ts-ignore: decorator
@inline
function kindOf(operation: i32): Kind {
  if (operation == Operation.affine) return Kind.affine;
  return operation == Operation.glu ? Kind.glu : Kind.gate;
}

/** Row y of every block of 4 pictures, or (`lanes` = 4) of single pictures: `tiles` tiles from column x on. */
export function runTiles(
  instructions: usize,
  count: i32,
  base: usize,
  blockBytes: usize,
  blocks: i32,
  y: i32,
  x: i32,
  tiles: i32,
  lanes: i32,
  tail: i32,
  scratch: usize,
): void {
  let instruction = instructions;
  for (let i = 0; i < count; i++) {
    const operation = load<i32>(instruction);
    if (operation == Operation.sum) {
      sumTiles(instruction, base, blockBytes, blocks, y, x, tiles, lanes, tail, scratch);
    } else {
      elementwiseTiles(instruction, kindOf(operation), base, blockBytes, blocks, y, x, tiles, lanes, tail);
    }
    instruction += INSTRUCTION;
  }
}

/** Position (y, x) of single pictures. */
export function runStrips(
  instructions: usize,
  count: i32,
  base: usize,
  blockBytes: usize,
  blocks: i32,
  y: i32,
  x: i32,
  scratch: usize,
): void {
  let instruction = instructions;
  for (let i = 0; i < count; i++) {
    const operation = load<i32>(instruction);
    if (operation == Operation.sum) sumStrip(instruction, base, blockBytes, blocks, y, x, scratch);
    else elementwiseStrip(instruction, kindOf(operation), base, blockBytes, blocks, y, x);
    instruction += INSTRUCTION;
  }
}
