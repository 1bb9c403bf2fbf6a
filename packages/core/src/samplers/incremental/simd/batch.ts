/** A batch of pictures that grows position by position with one walk over the weights, in blocks (blocks.ts). */

import { logitsRead } from "../../../likelihoods/likelihoods.ts";
import { columnsOf, type Lookup, type Planes, type Slot } from "../../../lowering/index.ts";
import type { Network } from "../../../network/graph.ts";
import type { Model } from "../../../network/model.ts";
import { planeValue } from "../../../network/operations/planes.ts";
import type { LevelArray } from "../../../picture.ts";
import type { CachedPass, ValueDraw, VisitWeights } from "../cached-pass.ts";
import { checkMemory } from "../check-memory.ts";
import { type Arena, releaseArena } from "./arena.ts";
import { type Blocks, placeBlocks } from "./blocks.ts";
import { drawMixtures } from "./draw-mixtures.ts";
import type { InstructionList } from "./encode.ts";
import { offsetAt } from "./layout.ts";

export class Batch implements CachedPass {
  readonly #model: Model;
  readonly #network: Network;
  readonly #arena: Arena;
  readonly #parts: readonly Blocks[];
  readonly #floats: Float32Array;
  /** Of a position's logits those that each picture channel's value reads. */
  readonly #read: readonly (readonly [start: number, end: number])[];
  /** For each picture channel, [B, logits that its value reads]. */
  readonly #logits: readonly Float32Array[];

  /** @param labels one per picture; null for a network without classes. */
  constructor(model: Model, arena: Arena, count: number, labels: Int32Array | null) {
    this.#model = model;
    this.#network = model.network;
    this.#arena = arena;
    this.#read = logitsRead(model.network);
    this.#logits = this.#read.map(([start, end]) => new Float32Array(count * (end - start)));
    const { parts, end } = placeBlocks(model.network, arena, count);
    this.#parts = parts;
    checkMemory(end, count);
    arena.clear(end - arena.start);
    this.#floats = new Float32Array(arena.memory.buffer);
    for (const blocks of this.#parts) this.#writeConstants(blocks, labels);
  }

  advance(y: number, x: number, channel: number): void {
    for (const part of this.#parts) {
      if (x === 0 && channel === 0) this.#startRow(part, y);
      this.#runStep(part, channel, y, x);
    }
  }

  logits(y: number, x: number, channel: number): Float32Array {
    const [start, end] = this.#read[channel]!;
    const logits = this.#logits[channel]!;
    this.read(this.#logitsSlot(channel), end - start, y, x, logits);
    return logits;
  }

  read(slot: Slot, channels: number, y: number, x: number, target: Float32Array): void {
    for (const part of this.#parts) {
      const operand = part.instructions.layout.operand(slot);
      const step = operand.channelBytes / 4;
      for (let i = 0; i < part.pictures; i++) {
        let from = this.#index(part, i) + offsetAt(operand, y, x) / 4;
        const to = (part.firstPicture + i) * channels;
        for (let k = 0; k < channels; k++, from += step) target[to + k] = this.#floats[from]!;
      }
    }
  }

  weights(y: number, x: number, channel: number, temperature: number, visit: VisitWeights): void {
    const { kernels } = this.#arena;
    const [start, end] = this.#read[channel]!;
    for (const part of this.#parts) {
      const { size, instructions, base, count, weights, weightBytes } = part;
      const operand = instructions.layout.operand(this.#logitsSlot(channel));
      const from = base + offsetAt(operand, y, x);
      const run = size === 4 ? kernels.exponentialTiles : kernels.exponentialStrips;
      const { blockBytes } = instructions.layout;
      const { channelBytes } = operand;
      run(from, blockBytes, count, channelBytes, end - start, 1 / temperature, weights, weightBytes);
      for (let i = 0; i < part.pictures; i++) {
        const block = Math.floor(i / size);
        visit(part.firstPicture + i, this.#floats, (weights + block * weightBytes) / 4 + (i % size), size);
      }
    }
  }

  drawMixtures(y: number, x: number, channel: number, draw: ValueDraw): void {
    for (const part of this.#parts) {
      const { layout } = part.instructions;
      const operand = layout.operand(this.#logitsSlot(channel));
      const logits = part.base + offsetAt(operand, y, x);
      const { channelBytes } = operand;
      const { blockBytes } = layout;
      drawMixtures(this.#arena, this.#network, channel, { ...part, logits, channelBytes, blockBytes }, draw);
    }
  }

  set(y: number, x: number, channel: number, levels: LevelArray): void {
    const { encoding, picture } = this.#network;
    const { plan } = this.#arena.image;
    for (const part of this.#parts) {
      const offset = offsetAt(part.instructions.layout.operand({ buffer: 0, channel }), y, x) / 4;
      for (let i = 0; i < part.pictures; i++) {
        const level = levels[part.firstPicture + i]!;
        this.#floats[this.#index(part, i) + offset] = level * encoding.scale + encoding.offset;
      }
      for (const lookup of plan.lookups) {
        if (lookup.channel === channel) this.#writeRows(part, lookup, y, x, levels);
      }
      // Groups that see the last channel of their own pixel: later positions read them.
      if (channel === picture.channels - 1) this.#runStep(part, channel + 1, y, x);
    }
  }

  dispose(): void {
    releaseArena(this.#model, this.#arena);
  }

  #startRow(part: Blocks, y: number): void {
    const { row, planes } = part.instructions;
    const { width } = this.#network.picture;
    for (const those of planes) this.#writePlanes(part, those, y);
    for (const { sweep, lists } of row) {
      if (sweep === null) this.#runRow(part, lists, y);
      else for (const x of columnsOf(sweep, width)) this.#runLists(part, lists, y, x);
    }
  }

  /** A block's whole row before the next block's, so that a row's activations stay in the cache. */
  #runRow({ instructions, size, count, base }: Blocks, lists: readonly InstructionList[], y: number): void {
    const { kernels, image } = this.#arena;
    const { width } = this.#network.picture;
    const lanes = size === 4 ? 1 : 4;
    const tiles = Math.ceil(width / lanes);
    const tail = size === 4 ? 4 : width - 4 * (tiles - 1);
    for (let block = 0; block < count; block++) {
      const at = base + block * instructions.layout.blockBytes;
      for (const { part, address, count: length } of lists) {
        if (part === "cells") kernels.runCells(address, length, at, 0, 1, y, 0, tiles, lanes, tail, 1);
        else kernels.runTiles(address, length, at, 0, 1, y, 0, tiles, lanes, tail, image.scratch);
      }
    }
  }

  /** A row of planes in every block, in all lanes of a position. */
  #writePlanes({ instructions, size, count, base }: Blocks, { planes, target }: Planes, y: number): void {
    const { picture } = this.#network;
    const { layout } = instructions;
    const operand = layout.operand(target);
    for (let x = 0; x < picture.width; x++) {
      planes.forEach((plane, f) => {
        const value = planeValue(plane, picture, y, x);
        const offset = offsetAt(operand, y, x) + f * operand.channelBytes;
        for (let block = 0; block < count; block++) {
          const at = (base + block * layout.blockBytes + offset) / 4;
          this.#floats.fill(value, at, at + size);
        }
      });
    }
  }

  /** The rows of a table that the pictures' levels name, at one position. */
  #writeRows(part: Blocks, lookup: Lookup, y: number, x: number, levels: LevelArray): void {
    const operand = part.instructions.layout.operand(lookup.target);
    const step = operand.channelBytes / 4;
    for (let i = 0; i < part.pictures; i++) {
      const row = this.#arena.image.constants.row(lookup, levels[part.firstPicture + i]!);
      let to = this.#index(part, i) + offsetAt(operand, y, x) / 4;
      for (let f = 0; f < row.length; f++, to += step) this.#floats[to] = row[f]!;
    }
  }

  #runStep(part: Blocks, due: number, y: number, x: number): void {
    this.#runLists(part, part.instructions.steps[due]!, y, x);
  }

  /** Runs instructions at one position: all blocks share an instruction's weights while these are in the cache. */
  #runLists(
    { instructions, size, count, base }: Blocks,
    lists: readonly InstructionList[],
    y: number,
    x: number,
  ): void {
    const { kernels, image } = this.#arena;
    const { scratch } = image;
    const { blockBytes } = instructions.layout;
    for (const { part, address, count: length } of lists) {
      if (part === "attention") {
        const run = size === 4 ? kernels.runAttentionTiles : kernels.runAttentionStrips;
        run(address, length, base, blockBytes, count, y, x, scratch);
      } else if (part === "cells") {
        kernels.runCells(address, length, base, blockBytes, count, y, x, 1, 1, 4, size === 4 ? 1 : 4);
      } else if (size === 4) {
        kernels.runTiles(address, length, base, blockBytes, count, y, x, 1, 1, 4, scratch);
      } else kernels.runStrips(address, length, base, blockBytes, count, y, x, scratch);
    }
  }

  #logitsSlot(channel: number): Slot {
    return { buffer: this.#arena.image.plan.output, channel: this.#read[channel]![0] };
  }

  /** Index of picture i's first float: its block's base, and its lane. */
  #index({ size, base, instructions }: Blocks, i: number): number {
    return (base + Math.floor(i / size) * instructions.layout.blockBytes) / 4 + (i % size);
  }

  #writeConstants(part: Blocks, labels: Int32Array | null): void {
    const { plan, constants } = this.#arena.image;
    plan.buffers.forEach(({ constant, channels }, buffer) => {
      if (constant === undefined) return;
      const values = constants.values(constant);
      const { origin, channelBytes } = part.instructions.layout.operand({ buffer, channel: 0 });
      // A single picture's constants fill all lanes where rows are computed.
      const copies = part.size === 1 ? channelBytes / 4 : 1;
      for (let i = 0; i < part.pictures; i++) {
        const row = constant.perClass ? labels![part.firstPicture + i]! * channels : 0;
        const at = this.#index(part, i) + origin / 4;
        for (let f = 0; f < channels; f++) {
          const to = at + (f * channelBytes) / 4;
          this.#floats.fill(values[row + f]!, to, to + copies);
        }
      }
    });
  }
}
