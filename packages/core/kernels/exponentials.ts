// What a draw needs of the logits of a categorical distribution, without a temperature of 0:
//
//     weight_k = e^((l_k - max l) / T)
//
// Weights are positive: below e^-87 they stay there. Where any logit is not finite, all weights of its value are NaN.
//
// Whoever calls lays out memory (src/samplers/incremental/simd/layout.ts) and says how far one block's weights are from the next's.

import { exponential } from "./activations";
import { gather } from "./vector";

// @ts-ignore: decorator
@inline
function weight(logit: v128, most: v128, inverseTemperature: v128): v128 {
  const exponent = f32x4.mul(f32x4.sub(logit, most), inverseTemperature);
  return exponential(f32x4.pmax(exponent, f32x4.splat(-87)));
}

/** 0 for finite logits, else NaN. */
// @ts-ignore: decorator
@inline
function strangeness(logit: v128): v128 {
  return f32x4.mul(logit, f32x4.splat(0));
}

/** Four pictures per block: logits `stride` bytes apart from `from` on, weights [levels][4] every `weightBytes` from `to` on. */
export function exponentialTiles(
  from: usize,
  blockBytes: usize,
  blocks: i32,
  stride: usize,
  levels: i32,
  inverseTemperature: f32,
  to: usize,
  weightBytes: usize,
): void {
  const inverse = f32x4.splat(inverseTemperature);
  for (let block = 0; block < blocks; block++) {
    const logits = from + <usize>block * blockBytes;
    const end = logits + <usize>levels * stride;
    let most = v128.load(logits);
    let strange = strangeness(most);
    for (let at = logits + stride; at < end; at += stride) {
      const logit = v128.load(at);
      most = f32x4.pmax(most, logit);
      strange = f32x4.add(strange, strangeness(logit));
    }
    most = f32x4.add(most, strange);
    let out = to + <usize>block * weightBytes;
    for (let at = logits; at < end; at += stride) {
      v128.store(out, weight(v128.load(at), most, inverse));
      out += 16;
    }
  }
}

/** Single pictures: weights [levels rounded up to 4] every `weightBytes` from `to` on. */
export function exponentialStrips(
  from: usize,
  blockBytes: usize,
  blocks: i32,
  stride: usize,
  levels: i32,
  inverseTemperature: f32,
  to: usize,
  weightBytes: usize,
): void {
  const inverse = f32x4.splat(inverseTemperature);
  for (let block = 0; block < blocks; block++) {
    const logits = from + <usize>block * blockBytes;
    let lanes = v128.load32_splat(logits);
    let strange = strangeness(lanes);
    for (let k = 0; k < levels; k += 4) {
      const logit = gather(logits + <usize>k * stride, stride, min(4, levels - k));
      lanes = f32x4.pmax(lanes, logit);
      strange = f32x4.add(strange, strangeness(logit));
    }
    lanes = f32x4.pmax(lanes, v128.shuffle<f32>(lanes, lanes, 2, 3, 0, 1));
    lanes = f32x4.pmax(lanes, v128.shuffle<f32>(lanes, lanes, 1, 0, 3, 2));
    strange = f32x4.add(strange, v128.shuffle<f32>(strange, strange, 2, 3, 0, 1));
    strange = f32x4.add(strange, v128.shuffle<f32>(strange, strange, 1, 0, 3, 2));
    lanes = f32x4.add(lanes, strange);
    let out = to + <usize>block * weightBytes;
    for (let k = 0; k < levels; k += 4) {
      const logit = gather(logits + <usize>k * stride, stride, min(4, levels - k));
      v128.store(out, weight(logit, lanes, inverse));
      out += 16;
    }
  }
}
