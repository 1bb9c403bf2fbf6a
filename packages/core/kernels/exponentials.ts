// What a draw needs of the logits of a categorical distribution, without a temperature of 0:
//
//     weight_k = e^((l_k - max l) / T)
//
// Weights are positive: below e^-87 they stay there.

import { exponential } from "./activations";
import { gather } from "./vector";

// @ts-ignore: decorator
@inline
function weight(logit: v128, most: v128, inverseTemperature: v128): v128 {
  const exponent = f32x4.mul(f32x4.sub(logit, most), inverseTemperature);
  return exponential(f32x4.pmax(exponent, f32x4.splat(-87)));
}

/** Four pictures a block: logits `stride` bytes apart from `from` on, weights [blocks][levels][4] from `to` on. */
export function exponentialTiles(
  from: usize,
  blockBytes: usize,
  blocks: i32,
  stride: usize,
  levels: i32,
  inverseTemperature: f32,
  to: usize,
): void {
  const inverse = f32x4.splat(inverseTemperature);
  let out = to;
  for (let block = 0; block < blocks; block++) {
    const logits = from + <usize>block * blockBytes;
    const end = logits + <usize>levels * stride;
    let most = v128.load(logits);
    for (let at = logits + stride; at < end; at += stride) most = f32x4.pmax(most, v128.load(at));
    for (let at = logits; at < end; at += stride) {
      v128.store(out, weight(v128.load(at), most, inverse));
      out += 16;
    }
  }
}

/** Single pictures: weights [blocks][levels rounded up to 4] from `to` on. */
export function exponentialStrips(
  from: usize,
  blockBytes: usize,
  blocks: i32,
  stride: usize,
  levels: i32,
  inverseTemperature: f32,
  to: usize,
): void {
  const inverse = f32x4.splat(inverseTemperature);
  let out = to;
  for (let block = 0; block < blocks; block++) {
    const logits = from + <usize>block * blockBytes;
    let lanes = v128.load32_splat(logits);
    for (let k = 0; k < levels; k += 4) {
      lanes = f32x4.pmax(lanes, gather(logits + <usize>k * stride, stride, min(4, levels - k)));
    }
    lanes = f32x4.pmax(lanes, v128.shuffle<f32>(lanes, lanes, 2, 3, 0, 1));
    lanes = f32x4.pmax(lanes, v128.shuffle<f32>(lanes, lanes, 1, 0, 3, 2));
    for (let k = 0; k < levels; k += 4) {
      const logit = gather(logits + <usize>k * stride, stride, min(4, levels - k));
      v128.store(out, weight(logit, lanes, inverse));
      out += 16;
    }
  }
}
