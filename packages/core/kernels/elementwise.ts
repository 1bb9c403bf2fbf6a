// What works channel by channel: the gates, tanh(a)·σ(b) and a·σ(b), and the affine map of a batch norm, a·b + c.
//
// Words of the instruction, after its operation number:
//
//      1 channels     2 … 6 target operand     7 … 11 a     12 … 16 b     17 … 21 c (affine)

import { gate4, glu4 } from "./activations";
import { channelBytes, columnBytes, offsetAt } from "./operand";
import { firstLanes, gather, madd, scatter } from "./vector";

/** What an instruction of this file computes. */
export const enum Kind {
  gate,
  glu,
  affine,
}

/** Arguments as in sum.ts. */
export function elementwiseTiles(
  instruction: usize,
  kind: Kind,
  base: usize,
  blockBytes: usize,
  blocks: i32,
  y: i32,
  x: i32,
  tiles: i32,
  lanes: usize,
  tail: i32,
): void {
  const channels = load<i32>(instruction, 4);
  const target = instruction + 8;
  const left = instruction + 28;
  const right = instruction + 48;
  const third = instruction + 68;
  const tailMask = firstLanes(tail);
  const all = i32x4.splat(-1);
  const targetChannel = channelBytes(target);
  const leftChannel = channelBytes(left);
  const rightChannel = channelBytes(right);
  const thirdChannel = channelBytes(third);
  for (let block = 0; block < blocks; block++) {
    const blockBase = base + <usize>block * blockBytes;
    for (let tile = 0; tile < tiles; tile++) {
      const column = <usize>tile * lanes;
      const mask = tile == tiles - 1 ? tailMask : all;
      let to = blockBase + offsetAt(target, y, x) + column * columnBytes(target);
      let a = blockBase + offsetAt(left, y, x) + column * columnBytes(left);
      let b = blockBase + offsetAt(right, y, x) + column * columnBytes(right);
      if (kind == Kind.affine) {
        let c = blockBase + offsetAt(third, y, x) + column * columnBytes(third);
        for (let f = 0; f < channels; f++) {
          v128.store(to, v128.and(madd(v128.load(a), v128.load(b), v128.load(c)), mask));
          to += targetChannel;
          a += leftChannel;
          b += rightChannel;
          c += thirdChannel;
        }
      } else {
        for (let f = 0; f < channels; f++) {
          v128.store(to, v128.and(gated(kind, v128.load(a), v128.load(b)), mask));
          to += targetChannel;
          a += leftChannel;
          b += rightChannel;
        }
      }
    }
  }
}

export function elementwiseStrip(
  instruction: usize,
  kind: Kind,
  base: usize,
  blockBytes: usize,
  blocks: i32,
  y: i32,
  x: i32,
): void {
  const channels = load<i32>(instruction, 4);
  const target = instruction + 8;
  const left = instruction + 28;
  const right = instruction + 48;
  const third = instruction + 68;
  for (let block = 0; block < blocks; block++) {
    const blockBase = base + <usize>block * blockBytes;
    for (let f = 0; f < channels; f += 4) {
      const count = min(4, channels - f);
      const a = channels4(left, blockBase, y, x, f, count);
      const b = channels4(right, blockBase, y, x, f, count);
      const value =
        kind == Kind.affine ? madd(a, b, channels4(third, blockBase, y, x, f, count)) : gated(kind, a, b);
      const stride = channelBytes(target);
      scatter(blockBase + offsetAt(target, y, x) + <usize>f * stride, stride, value, count);
    }
  }
}

// @ts-ignore: decorator
@inline
function gated(kind: Kind, a: v128, b: v128): v128 {
  return kind == Kind.glu ? glu4(a, b) : gate4(a, b);
}

// @ts-ignore: decorator
@inline
function channels4(operand: usize, base: usize, y: i32, x: i32, first: i32, count: i32): v128 {
  const stride = channelBytes(operand);
  return gather(base + offsetAt(operand, y, x) + <usize>first * stride, stride, count);
}
