/**
 * The cached pass in plain TypeScript, picture after picture: an interpreter of the plan, for engines without WebAssembly SIMD, and
 * what faster versions are checked against. Bit for bit what plain SIMD computes (arithmetic/pinned-arithmetic.ts).
 */

import { levelWeights } from "../../../arithmetic/level-weights.ts";
import { likelihoodOf, logitsRead } from "../../../likelihoods/likelihoods.ts";
import { areFinite } from "../../../likelihoods/logits-error.ts";
import type { Slot } from "../../../lowering/index.ts";
import type { Network } from "../../../network/graph.ts";
import type { Model } from "../../../network/model.ts";
import type { LevelArray } from "../../../picture.ts";
import type { CachedPass, ValueDraw, VisitWeights } from "../cached-pass.ts";
import { checkMemory } from "../check-memory.ts";
import { offsetAt } from "./layout.ts";
import { type PlacedPlan, placedPlanOf, runStep } from "./placed-plan.ts";

export class ScalarBatch implements CachedPass {
  readonly #network: Network;
  readonly #placed: PlacedPlan;
  /** Activations, picture by picture. */
  readonly #memories: readonly Float32Array[];
  /** Of a position's logits those that each picture channel's value reads. */
  readonly #read: readonly (readonly [start: number, end: number])[];
  /** For each picture channel, [B, logits that its value reads]. */
  readonly #logits: readonly Float32Array[];
  /** [K] */
  readonly #weights: Float32Array;

  /** @param labels one per picture; null for a network without classes. */
  constructor(model: Model, count: number, labels: Int32Array | null) {
    this.#network = model.network;
    this.#placed = placedPlanOf(model);
    checkMemory(4 * this.#placed.layout.floats * count, count);
    this.#read = logitsRead(model.network);
    this.#logits = this.#read.map(([start, end]) => new Float32Array(count * (end - start)));
    this.#weights = new Float32Array(model.network.picture.levels);
    this.#memories = Array.from({ length: count }, (_, b) => this.#memoryOf(labels?.[b] ?? 0));
  }

  advance(y: number, x: number, channel: number): void {
    const { row, steps } = this.#placed;
    for (const memory of this.#memories) {
      if (x === 0 && channel === 0) {
        for (const { columns, steps } of row)
          for (const column of columns) for (const step of steps) runStep(step, memory, y, column);
      }
      for (const step of steps[channel]!) runStep(step, memory, y, x);
    }
  }

  logits(y: number, x: number, channel: number): Float32Array {
    const [start, end] = this.#read[channel]!;
    const logits = this.#logits[channel]!;
    this.read({ buffer: this.#placed.plan.output, channel: start }, end - start, y, x, logits);
    return logits;
  }

  read(slot: Slot, channels: number, y: number, x: number, target: Float32Array): void {
    const from = offsetAt(this.#placed.layout.place(slot), y, x);
    this.#memories.forEach((memory, b) => {
      target.set(memory.subarray(from, from + channels), b * channels);
    });
  }

  weights(y: number, x: number, channel: number, temperature: number, visit: VisitWeights): void {
    const { plan, layout } = this.#placed;
    const [start, end] = this.#read[channel]!;
    const from = offsetAt(layout.place({ buffer: plan.output, channel: start }), y, x);
    const inverse = Math.fround(1 / temperature);
    this.#memories.forEach((memory, b) => {
      levelWeights(memory, from, end - start, inverse, this.#weights, 0);
      visit(b, this.#weights, 0, 1);
    });
  }

  drawMixtures(y: number, x: number, channel: number, { temperature, u, earlier, drawn }: ValueDraw): void {
    const likelihood = likelihoodOf(this.#network);
    const { levels } = this.#network.picture;
    const logits = this.logits(y, x, channel);
    const stride = logits.length / drawn.length;
    for (let b = 0, offset = 0; b < drawn.length; b++, offset += stride) {
      const value = { logits, offset, levels, earlier: earlier(b) };
      drawn[b] = areFinite(logits, offset, stride) ? likelihood.draw(value, temperature, u(b)) : -1;
    }
  }

  set(y: number, x: number, channel: number, levels: LevelArray): void {
    const { encoding, picture } = this.#network;
    const { plan, constants, layout, steps } = this.#placed;
    const at = offsetAt(layout.place({ buffer: 0, channel }), y, x);
    const rows = plan.lookups
      .filter((lookup) => lookup.channel === channel)
      .map((lookup) => ({ lookup, at: offsetAt(layout.place(lookup.target), y, x) }));
    this.#memories.forEach((memory, b) => {
      memory[at] = levels[b]! * encoding.scale + encoding.offset;
      for (const { lookup, at } of rows) memory.set(constants.row(lookup, levels[b]!), at);
      // Groups that see the last channel of their own pixel: later positions read them.
      if (channel === picture.channels - 1) {
        for (const step of steps[channel + 1]!) runStep(step, memory, y, x);
      }
    });
  }

  dispose(): void {}

  /** All zero but for the constants of a label. */
  #memoryOf(label: number): Float32Array {
    const { plan, constants, layout } = this.#placed;
    const memory = new Float32Array(layout.floats);
    plan.buffers.forEach(({ constant, channels }, buffer) => {
      if (constant === undefined) return;
      const row = constant.perClass ? label * channels : 0;
      const { origin } = layout.place({ buffer, channel: 0 });
      memory.set(constants.values(constant).subarray(row, row + channels), origin);
    });
    return memory;
  }
}
