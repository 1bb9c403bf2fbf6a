// Attention at one position: of every head what earlier positions have, by how their keys fit the query.
//
//     scores       s_q = ((a0 + a2) + (a1 + a3)) · 1/√D       a_j = Σ of products of channels j, j + 4, j + 8 …          m = max s_q
//     values       e_q = e^max(s_q − m, −87)                  target = Σ e_q · value_q / Σ e_q
//
// Positions in raster order, so that a picture is the same, bit for bit, alone and among others. Keys and values are each picture's own: nothing is
// shared as weights are, and how fast they arrive is how fast this is.
//
// A module of its own, for who has a network with attention. Words of the instruction, after one that is 0:
//
//      1 parameters     2 … 6 target operand     7 … 11 queries     12 … 16 keys     17 … 21 values
//
// Parameters: heads · D · E · width of the picture · 1/√D as a float.
//
// Four pictures at a time: attention-tiles.ts. One alone: attention-strip.ts.

import { attentionStrip } from "./attention-strip";
import { attentionTiles } from "./attention-tiles";

/** Bytes of an instruction: 22 words. */
// @ts-ignore: decorator
@inline
const INSTRUCTION: usize = 88;

/** Position (y, x) of blocks of 4 pictures. */
export function runAttentionTiles(
  instructions: usize,
  count: i32,
  base: usize,
  blockBytes: usize,
  blocks: i32,
  y: i32,
  x: i32,
  scratch: usize,
): void {
  for (let i = 0; i < count; i++) {
    attentionTiles(instructions + <usize>i * INSTRUCTION, base, blockBytes, blocks, y, x, scratch);
  }
}

/** Position (y, x) of single pictures. */
export function runAttentionStrips(
  instructions: usize,
  count: i32,
  base: usize,
  blockBytes: usize,
  blocks: i32,
  y: i32,
  x: i32,
  scratch: usize,
): void {
  for (let i = 0; i < count; i++) {
    attentionStrip(instructions + <usize>i * INSTRUCTION, base, blockBytes, blocks, y, x, scratch);
  }
}
