// The cells of an LSTM, channel by channel:
//
//     c = c'·σ(f) + tanh(c~)·σ(i)     h = tanh(c)·σ(o)
//
// A module of its own, for who has a network with LSTMs. Words of the instruction, after one that is 0:
//
//      1 channels     2 … 6 target operand, h     7 … 11 gates: o of all channels, then f, i and c~     12 … 16 state operand, c
//     17 dy     18 dx · bytes per column: to the position of c'

import { gate4, glu4 } from "./activations";
import { channelBytes, columnBytes, offsetAt } from "./operand";
import { firstLanes, gather, scatter } from "./vector";

/** Bytes of an instruction: 22 words. */
// @ts-ignore: decorator
@inline
const INSTRUCTION: usize = 88;

/**
 * Row y of every block, `tiles` tiles from column x on. A vector is one channel of 4 pictures, or (`lanes` = 4) of 4 neighbouring positions of one, of which
 * the last tile has `tail`; or 4 channels of one position of one picture (`together` = 4).
 */
export function runCells(
  instructions: usize,
  count: i32,
  base: usize,
  blockBytes: usize,
  blocks: i32,
  y: i32,
  x: i32,
  tiles: i32,
  lanes: usize,
  tail: i32,
  together: i32,
): void {
  for (let i = 0; i < count; i++) {
    const instruction = instructions + <usize>i * INSTRUCTION;
    cells(instruction, base, blockBytes, blocks, y, x, tiles, lanes, tail, together);
  }
}

function cells(
  instruction: usize,
  base: usize,
  blockBytes: usize,
  blocks: i32,
  y: i32,
  x: i32,
  tiles: i32,
  lanes: usize,
  tail: i32,
  together: i32,
): void {
  const channels = load<i32>(instruction, 4);
  const target = instruction + 8;
  const gates = instruction + 28;
  const state = instruction + 48;
  const targetChannel = channelBytes(target);
  const gateChannel = channelBytes(gates);
  const stateChannel = channelBytes(state);
  const quarter = <usize>channels * gateChannel;
  const targetLane: usize = together == 1 ? 4 : targetChannel;
  const gateLane: usize = together == 1 ? 4 : gateChannel;
  const stateLane: usize = together == 1 ? 4 : stateChannel;
  // The ring has a row for every one from that of c' on: the sum is not negative.
  const rowBefore = y + load<i32>(instruction, 68) + load<i32>(state, 4);
  const before = offsetAt(state, rowBefore, x) + load<usize>(instruction, 72) - offsetAt(state, y, x);
  for (let block = 0; block < blocks; block++) {
    const blockBase = base + <usize>block * blockBytes;
    for (let tile = 0; tile < tiles; tile++) {
      const column = <usize>tile * lanes;
      const mask = tile == tiles - 1 ? firstLanes(tail) : i32x4.splat(-1);
      let to = blockBase + offsetAt(target, y, x) + column * columnBytes(target);
      let from = blockBase + offsetAt(gates, y, x) + column * columnBytes(gates);
      let at = blockBase + offsetAt(state, y, x) + column * columnBytes(state);
      for (let f = 0; f < channels; f += together) {
        const width = together == 1 ? 4 : min(4, channels - f);
        const kept = glu4(gather(at + before, stateLane, width), gather(from + quarter, gateLane, width));
        const input = gather(from + 2 * quarter, gateLane, width);
        const c = f32x4.add(kept, gate4(gather(from + 3 * quarter, gateLane, width), input));
        scatter(at, stateLane, v128.and(c, mask), width);
        const h = gate4(c, gather(from, gateLane, width));
        scatter(to, targetLane, v128.and(h, mask), width);
        to += <usize>together * targetChannel;
        from += <usize>together * gateChannel;
        at += <usize>together * stateChannel;
      }
    }
  }
}
