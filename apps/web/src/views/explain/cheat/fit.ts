/**
 * A model that makes plain what seeing too much does: it guesses whether a pixel is ink from a weighted sum of the pixels that it
 * reads, and from nothing else,
 *
 *     log p₁/p₀ = b + Σ_k w_k x[p + offset_k]          (logistic regression; 0 outside the picture)
 *
 * fitted by Newton's method, with a little weight decay. Where it reads the pixel itself, it learns to copy it.
 */
import { likelihoods, type Offset } from "@pixelcnn/core";
import type { BinaryPictures } from "./pictures.ts";

/** b, then w. */
export type Fit = Float64Array;

const STEPS = 8;
const DECAY = 1e-3;

export function fit(pictures: BinaryPictures, offsets: readonly Offset[]): Fit {
  const size = offsets.length + 1;
  const weights = new Float64Array(size);
  const gradient = new Float64Array(size);
  const curvature = new Float64Array(size * size);
  for (let step = 0; step < STEPS; step++) {
    gradient.fill(0);
    curvature.fill(0);
    forEachValue(pictures, offsets, (active, level) => {
      const p = 1 / (1 + Math.exp(-logitOf(weights, active)));
      const error = p - level;
      const weight = p * (1 - p);
      for (const i of active) {
        gradient[i]! += error;
        for (const j of active) curvature[i * size + j]! += weight;
      }
    });
    for (let i = 0; i < size; i++) {
      gradient[i]! += DECAY * weights[i]!;
      curvature[i * size + i]! += DECAY;
    }
    const move = solve(curvature, gradient);
    for (let i = 0; i < size; i++) weights[i]! -= move[i]!;
  }
  return weights;
}

/** Logits of every value of the pictures, and their mean surprise in nats per picture. */
export function predict(weights: Fit, pictures: BinaryPictures, offsets: readonly Offset[]) {
  const logits = new Float32Array(pictures.levels.length);
  let nats = 0;
  let at = 0;
  forEachValue(pictures, offsets, (active, level) => {
    logits[at] = logitOf(weights, active);
    nats -= likelihoods.bernoulli.logProbability({ logits, offset: at, levels: 2, earlier: [] }, level);
    at += 1;
  });
  return { logits, nats: nats / pictures.count };
}

/** `active`: indices of the weights that count, for a binary input is either there or not. */
type Visit = (active: readonly number[], level: number) => void;

function forEachValue({ levels, side }: BinaryPictures, offsets: readonly Offset[], visit: Visit): void {
  const area = side * side;
  for (let i = 0; i < levels.length; i++) {
    const start = i - (i % area);
    const y = Math.floor((i % area) / side);
    const x = i % side;
    const active = [0];
    offsets.forEach(({ dy, dx }, k) => {
      const inside = y + dy >= 0 && y + dy < side && x + dx >= 0 && x + dx < side;
      if (inside && levels[start + (y + dy) * side + x + dx] === 1) active.push(k + 1);
    });
    visit(active, levels[i]!);
  }
}

function logitOf(weights: Fit, active: readonly number[]): number {
  let sum = 0;
  for (const i of active) sum += weights[i]!;
  return sum;
}

/** x of A·x = b for a symmetric positive A, which it destroys: elimination needs no pivot there. */
function solve(a: Float64Array, b: Float64Array): Float64Array {
  const n = b.length;
  const x = b.slice();
  for (let k = 0; k < n; k++) {
    for (let i = k + 1; i < n; i++) {
      const factor = a[i * n + k]! / a[k * n + k]!;
      if (factor === 0) continue;
      for (let j = k; j < n; j++) a[i * n + j]! -= factor * a[k * n + j]!;
      x[i]! -= factor * x[k]!;
    }
  }
  for (let k = n - 1; k >= 0; k--) {
    for (let j = k + 1; j < n; j++) x[k]! -= a[k * n + j]! * x[j]!;
    x[k]! /= a[k * n + k]!;
  }
  return x;
}
