/** The two versions of the cached pass that compute the pinned arithmetic, and all the bits that they have computed. */

import { likelihoodOf } from "../../src/likelihoods/likelihoods.ts";
import { planOf } from "../../src/lowering/index.ts";
import type { Model } from "../../src/network/model.ts";
import { dimensions } from "../../src/picture.ts";
import type { CachedPass } from "../../src/samplers/incremental/cached-pass.ts";
import { ScalarBatch } from "../../src/samplers/incremental/scalar/scalar-batch.ts";
import { takeArena } from "../../src/samplers/incremental/simd/arena.ts";
import { Batch } from "../../src/samplers/incremental/simd/batch.ts";
import { weighLevels } from "../../src/samplers/incremental/weigh-levels.ts";

type OpenPass = (model: Model, count: number, labels: Int32Array | null) => Promise<CachedPass>;

export const pinnedPasses = {
  scalar: async (model, count, labels) => new ScalarBatch(model, count, labels),
  simd: async (model, count, labels) => new Batch(model, await takeArena(model, "simd"), count, labels),
} satisfies Record<string, OpenPass>;

/** What a pass has computed, in the order in which it was asked. */
export interface ComputedBits {
  /** Of every value, [B, K]. */
  readonly logits: Uint32Array;
  /** Weights of all levels of every value, at each temperature, picture after picture. */
  readonly weights: Uint32Array;
  /** Of every buffer of the plan, [B, F], once its position is done. */
  readonly activations: Uint32Array;
}

/** Everything that a pass computes where `levels`, [B, H, W, C], are the pictures. Disposes of the pass. */
export function bitsOf(
  model: Model,
  pass: CachedPass,
  levels: Uint8Array,
  temperatures: readonly number[],
): ComputedBits {
  const { picture } = model.network;
  const { height, width, channels, levels: K } = picture;
  const size = dimensions(picture);
  const count = levels.length / size;
  const weigh = weighLevels[likelihoodOf(model.network).kind];
  const buffers = planOf(model.network).buffers.map(({ channels }, buffer) => {
    return { slot: { buffer, channel: 0 }, channels, target: new Float32Array(count * channels) };
  });
  const [logits, weights, activations] = [new Floats(), new Floats(), new Floats()];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      for (let c = 0; c < channels; c++) {
        const element = (y * width + x) * channels + c;
        pass.advance(y, x, c);
        logits.append(pass.logits(y, x, c));
        for (const temperature of temperatures) {
          weigh?.(pass, y, x, c, temperature, (_, floats, from, step) => {
            weights.append(Float32Array.from({ length: K }, (_, k) => floats[from + k * step]!));
          });
        }
        pass.set(
          y,
          x,
          c,
          Uint8Array.from({ length: count }, (_, b) => levels[b * size + element]!),
        );
      }
      for (const { slot, channels, target } of buffers) {
        pass.read(slot, channels, y, x, target);
        activations.append(target);
      }
    }
  }
  pass.dispose();
  return { logits: logits.bits(), weights: weights.bits(), activations: activations.bits() };
}

/** Index of the first bits that differ, one array's end included; -1 where none do. (A comparison of millions by `expect` takes minutes.) */
export function firstDifference(a: Uint32Array, b: Uint32Array): number {
  for (let i = 0; i < Math.max(a.length, b.length); i++) if (a[i] !== b[i]) return i;
  return -1;
}

class Floats {
  readonly #parts: Float32Array[] = [];
  #length = 0;

  append(part: Float32Array): void {
    this.#parts.push(part.slice());
    this.#length += part.length;
  }

  bits(): Uint32Array {
    const all = new Float32Array(this.#length);
    let at = 0;
    for (const part of this.#parts) {
      all.set(part, at);
      at += part.length;
    }
    return new Uint32Array(all.buffer);
  }
}
