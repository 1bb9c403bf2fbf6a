// Negative log-likelihoods of logits, in nats, and their gradients.

import { expOfNegative4, logOfSum, sigmoid4, softplusTail4 } from './transcendental';
import { loadPart, maxLanes, storePart, sumLanes } from './vector';

function maximum(row: usize, levels: i32): f32 {
  let best = f32x4.splat(-Infinity);
  for (let k = 0; k < levels; k += 4) {
    best = f32x4.max(best, loadPart(row + ((<usize>k) << 2), min(levels - k, 4), -Infinity));
  }
  return maxLanes(best);
}

/** nll = log Σ e^l − l[label]; NaN for a label outside 0 … levels − 1. */
export function categoricalNll(logits: usize, labels: usize, nll: usize, rows: i32, levels: i32): void {
  const rowBytes = (<usize>levels) << 2;
  for (let i = 0; i < rows; i++) {
    const label = load<i32>(labels);
    let value = <f32>NaN;
    if (<u32>label < <u32>levels) {
      const top = maximum(logits, levels);
      const shift = f32x4.splat(top);
      let sum = f32x4.splat(0);
      for (let k = 0; k < levels; k += 4) {
        const part = loadPart(logits + ((<usize>k) << 2), min(levels - k, 4), -Infinity);
        sum = f32x4.add(sum, expOfNegative4(f32x4.sub(part, shift)));
      }
      value = logOfSum(sumLanes(sum)) + (top - load<f32>(logits + ((<usize>label) << 2)));
    }
    store<f32>(nll, value);
    logits += rowBytes;
    labels += 4;
    nll += 4;
  }
}

/** dlogits = (softmax − onehot)·dy; a row of NaN for a label outside 0 … levels − 1. */
export function categoricalNllGrad(
  logits: usize,
  labels: usize,
  dy: usize,
  dlogits: usize,
  rows: i32,
  levels: i32,
): void {
  const rowBytes = (<usize>levels) << 2;
  for (let i = 0; i < rows; i++) {
    const label = load<i32>(labels);
    const inside = <u32>label < <u32>levels;
    const weight = inside ? load<f32>(dy) : <f32>NaN;
    const shift = f32x4.splat(maximum(logits, levels));
    let sum = f32x4.splat(0);
    for (let k = 0; k < levels; k += 4) {
      const at = (<usize>k) << 2;
      const count = min(levels - k, 4);
      const e = expOfNegative4(f32x4.sub(loadPart(logits + at, count, -Infinity), shift));
      sum = f32x4.add(sum, e);
      storePart(dlogits + at, e, count);
    }
    const scale = f32x4.splat(weight / sumLanes(sum));
    for (let k = 0; k < levels; k += 4) {
      const at = dlogits + ((<usize>k) << 2);
      const count = min(levels - k, 4);
      storePart(at, f32x4.mul(loadPart(at, count, 0), scale), count);
    }
    if (inside) {
      const at = dlogits + ((<usize>label) << 2);
      store<f32>(at, load<f32>(at) - weight);
    }
    logits += rowBytes;
    dlogits += rowBytes;
    labels += 4;
    dy += 4;
  }
}

/** nll = softplus(l) − l·x = (max(l, 0) − l·x) + log(1 + e^−|l|): exact cancellation for x in {0, 1}. */
export function bernoulliNll(logits: usize, labels: usize, nll: usize, count: i32): void {
  for (let i = 0; i < count; i += 4) {
    const at = (<usize>i) << 2;
    const part = min(count - i, 4);
    const l = loadPart(logits + at, part, 0);
    const x = loadPart(labels + at, part, 0);
    const straight = f32x4.sub(f32x4.pmax(l, f32x4.splat(0)), f32x4.mul(l, x));
    storePart(nll + at, f32x4.add(straight, softplusTail4(l)), part);
  }
}

/** dlogits = (σ(l) − x)·dy. */
export function bernoulliNllGrad(logits: usize, labels: usize, dy: usize, dlogits: usize, count: i32): void {
  for (let i = 0; i < count; i += 4) {
    const at = (<usize>i) << 2;
    const part = min(count - i, 4);
    const miss = f32x4.sub(sigmoid4(loadPart(logits + at, part, 0)), loadPart(labels + at, part, 0));
    storePart(dlogits + at, f32x4.mul(miss, loadPart(dy + at, part, 0)), part);
  }
}
