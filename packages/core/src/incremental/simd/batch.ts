/**
 * Draws a batch of pictures with one walk over the weights: blocks of four pictures that share every load, and single
 * pictures for one or two that are left over (three are cheaper as four).
 */
import { logitsPerChannel, type Network } from "../../network/graph.ts";
import type { Model } from "../../network/model.ts";
import type { PositionReader } from "../../sampling/reader.ts";
import { type Arena, giveArenaBack } from "./arena.ts";
import type { BlockProgram, InstructionList } from "./encode.ts";
import { type BlockSize, offsetAt } from "./layout.ts";

/** Blocks of one size, one after the other in memory. */
interface Blocks {
  readonly program: BlockProgram;
  readonly size: BlockSize;
  readonly count: number;
  /** Address of the first block. */
  readonly base: number;
  /** The batch's pictures firstPicture … firstPicture + pictures - 1. */
  readonly firstPicture: number;
  readonly pictures: number;
}

export class Batch implements PositionReader {
  readonly #model: Model;
  readonly #network: Network;
  readonly #arena: Arena;
  readonly #blocks: readonly Blocks[];
  readonly #floats: Float32Array;
  /** [B, K] */
  readonly #logits: Float32Array;
  readonly #stride: number;

  constructor(model: Model, arena: Arena, count: number, labels: Int32Array | null) {
    this.#model = model;
    this.#network = model.network;
    this.#arena = arena;
    this.#stride = logitsPerChannel(model.network.picture);
    this.#logits = new Float32Array(count * this.#stride);
    const four = arena.image.programs[4];
    const one = arena.image.programs[1];
    const singles = count % 4 === 3 ? 0 : count % 4;
    const fours = Math.ceil((count - singles) / 4);
    const fourBytes = fours * four.layout.blockBytes;
    const base = arena.start;
    arena.clear(fourBytes + singles * one.layout.blockBytes);
    const blocks: Blocks[] = [
      { program: four, size: 4, count: fours, base, firstPicture: 0, pictures: count - singles },
      {
        program: one,
        size: 1,
        count: singles,
        base: base + fourBytes,
        firstPicture: count - singles,
        pictures: singles,
      },
    ];
    this.#blocks = blocks.filter((part) => part.count > 0);
    this.#floats = new Float32Array(arena.memory.buffer);
    for (const part of this.#blocks) this.#writeConstants(part, labels);
  }

  logits(y: number, x: number, channel: number): Float32Array {
    if (x === 0 && channel === 0) for (const part of this.#blocks) this.#startRow(part, y);
    for (const part of this.#blocks) this.#advance(part, part.program.steps[channel]!, y, x);
    const stride = this.#stride;
    const slot = { buffer: this.#arena.image.plan.output, channel: channel * stride };
    for (const part of this.#blocks) {
      const operand = part.program.layout.operand(slot);
      const step = operand.channelBytes / 4;
      for (let i = 0; i < part.pictures; i++) {
        let from = this.#address(part, i) + offsetAt(operand, y, x) / 4;
        const to = (part.firstPicture + i) * stride;
        for (let k = 0; k < stride; k++, from += step) this.#logits[to + k] = this.#floats[from]!;
      }
    }
    return this.#logits;
  }

  set(y: number, x: number, channel: number, levels: Uint8Array): void {
    const { encoding, picture } = this.#network;
    for (const part of this.#blocks) {
      const offset = offsetAt(part.program.layout.operand({ buffer: 0, channel }), y, x) / 4;
      for (let i = 0; i < part.pictures; i++) {
        const level = levels[part.firstPicture + i]!;
        this.#floats[this.#address(part, i) + offset] = level * encoding.scale + encoding.offset;
      }
      // Groups that see the last channel of their own pixel: later positions read them.
      if (channel === picture.channels - 1) this.#advance(part, part.program.steps[channel + 1]!, y, x);
    }
  }

  dispose(): void {
    giveArenaBack(this.#model, this.#arena);
  }

  /** A block's whole row before the next block's, so that a row's activations stay in the cache. */
  #startRow({ program, size, count, base }: Blocks, y: number): void {
    const { row, layout } = program;
    if (row.count === 0) return;
    const { width } = this.#network.picture;
    const lanes = size === 4 ? 1 : 4;
    const tiles = Math.ceil(width / lanes);
    const tail = size === 4 ? 4 : width - 4 * (tiles - 1);
    for (let block = 0; block < count; block++) {
      const at = base + block * layout.blockBytes;
      this.#arena.kernels.runTiles(
        row.address,
        row.count,
        at,
        0,
        1,
        y,
        0,
        tiles,
        lanes,
        tail,
        this.#arena.image.scratch,
      );
    }
  }

  /** All blocks share an instruction's weights while these are in the cache. */
  #advance({ program, size, count, base }: Blocks, list: InstructionList, y: number, x: number): void {
    if (list.count === 0) return;
    const { kernels, image } = this.#arena;
    const { blockBytes } = program.layout;
    if (size === 4) {
      kernels.runTiles(list.address, list.count, base, blockBytes, count, y, x, 1, 1, 4, image.scratch);
    } else kernels.runStrips(list.address, list.count, base, blockBytes, count, y, x, image.scratch);
  }

  /** Index of picture i's first float: its block's base, and its lane. */
  #address({ size, base, program }: Blocks, i: number): number {
    if (size === 1) return (base + i * program.layout.blockBytes) / 4;
    return (base + (i >> 2) * program.layout.blockBytes) / 4 + (i & 3);
  }

  #writeConstants(part: Blocks, labels: Int32Array | null): void {
    this.#arena.image.plan.buffers.forEach(({ constant, channels }, buffer) => {
      if (constant === undefined) return;
      const { origin, channelBytes } = part.program.layout.operand({ buffer, channel: 0 });
      // A single picture's constants fill all lanes where rows are computed.
      const copies = part.size === 1 ? channelBytes / 4 : 1;
      for (let i = 0; i < part.pictures; i++) {
        const row = constant.perClass ? (labels?.[part.firstPicture + i] ?? 0) * channels : 0;
        const at = this.#address(part, i) + origin / 4;
        for (let f = 0; f < channels; f++) {
          const to = at + (f * channelBytes) / 4;
          this.#floats.fill(constant.values[row + f]!, to, to + copies);
        }
      }
    });
  }
}
