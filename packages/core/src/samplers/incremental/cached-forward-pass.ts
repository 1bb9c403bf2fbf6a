/**
 * Draws one picture by computing every activation once. A naive sampler runs the whole network for every pixel, although
 * almost all activations are those of the pixel before; here each node keeps the rows that taps still reach, in a ring, and
 * computes only what is new: row nodes a row at a time, the others at the current position.
 *
 * Ramachandran et al. 2017, arXiv:1704.06001, found the same for one network by hand; the schedule derives it for any.
 * This is the plain version in TypeScript, which faster ones are checked against.
 */

import { constantsOf, type Instruction, instructionsOf, type NodeConstants } from "../../lowering/index.ts";
import type { Network } from "../../network/graph.ts";
import type { Model } from "../../network/model.ts";

export class CachedForwardPass {
  readonly #network: Network;
  readonly #instructions: readonly Instruction[];
  readonly #constants: readonly NodeConstants[];
  readonly #label: number;
  /** A node's activations: [rows kept, W, F], or [F] where one position is enough. */
  readonly #buffers: readonly Float32Array[];
  readonly #accumulator: Float64Array;

  /** @param label class label; ignored by a network without classes. */
  constructor(model: Model, label = 0) {
    this.#network = model.network;
    this.#instructions = instructionsOf(model.network);
    this.#constants = constantsOf(model).nodes;
    this.#label = label;
    const { width } = model.network.picture;
    this.#buffers = this.#instructions.map(
      ({ rows, channels }) => new Float32Array(rows === 0 ? channels : rows * width * channels),
    );
    this.#accumulator = new Float64Array(Math.max(...this.#instructions.map(({ channels }) => channels)));
  }

  /** The output's activations; logits of the current position from {@link outputOffset} on. */
  get output(): Float32Array {
    return this.#buffers[this.#outputIndex]!;
  }

  /** Where the logits of (y, x) begin in {@link output}. */
  outputOffset(y: number, x: number): number {
    return this.#offset(this.#outputIndex, y, x);
  }

  /** Computes the row nodes of row y. Call before the first position of the row. */
  startRow(y: number): void {
    this.#instructions.forEach((instruction, i) => {
      if (instruction.kind !== "row") return;
      for (let x = 0; x < this.#network.picture.width; x++) {
        for (let group = 0; group < instruction.node.groups.length; group++) this.#compute(i, y, x, group);
      }
    });
  }

  /** Computes what becomes computable at (y, x) once `step` picture channels of it are known. */
  advance(y: number, x: number, step: number): void {
    this.#instructions.forEach((instruction, i) => {
      if (instruction.kind === "row" || instruction.node.op === "input") return;
      instruction.steps.forEach((due, group) => {
        if (due === step) this.#compute(i, y, x, group);
      });
    });
  }

  /** Tells the level of a picture channel at (y, x). */
  set(y: number, x: number, channel: number, level: number): void {
    const { scale, offset } = this.#network.encoding;
    this.#buffers[0]![this.#offset(0, y, x) + channel] = level * scale + offset;
  }

  get #outputIndex(): number {
    return this.#instructions.findIndex(({ node }) => node.name === this.#network.output);
  }

  /** Where the activations of node i at (y, x) begin in its buffer. */
  #offset(i: number, y: number, x: number): number {
    const { rows, channels } = this.#instructions[i]!;
    return rows === 0 ? 0 : ((y % rows) * this.#network.picture.width + x) * channels;
  }

  #compute(i: number, y: number, x: number, group: number): void {
    const instruction = this.#instructions[i]!;
    const { node, channels, inputs } = instruction;
    const { bias, scale } = this.#constants[i]!;
    const [start, end] = node.groups[group]!;
    const target = this.#buffers[i]!;
    const at = this.#offset(i, y, x);
    const source = this.#buffers[inputs[0]!]!;
    const from = this.#offset(inputs[0]!, y, x);
    switch (node.op) {
      case "convolution":
        this.#convolve(i, y, x, group);
        for (let f = start; f < end; f++) target[at + f] = this.#accumulator[f]!;
        return;
      case "bias": {
        const row = node.perClass ? this.#label * channels : 0;
        for (let f = start; f < end; f++) target[at + f] = source[from + f]! + bias![row + f]!;
        return;
      }
      case "batchNorm":
        for (let f = start; f < end; f++) {
          target[at + f] =
            scale === undefined ? source[from + f]! : source[from + f]! * scale[f]! + bias![f]!;
        }
        return;
      case "add":
        for (let f = start; f < end; f++) {
          let sum = 0;
          for (const input of inputs) sum += this.#buffers[input]![this.#offset(input, y, x) + f]!;
          target[at + f] = sum;
        }
        return;
      case "concat": {
        let f = at + start;
        for (const input of inputs) {
          const [first, last] = this.#instructions[input]!.node.groups[group]!;
          const begin = this.#offset(input, y, x);
          for (let k = first; k < last; k++) target[f++] = this.#buffers[input]![begin + k]!;
        }
        return;
      }
      case "gate": {
        const first = from + this.#instructions[inputs[0]!]!.node.groups[group]![0];
        const half = end - start;
        for (let f = 0; f < half; f++) {
          target[at + start + f] = Math.tanh(source[first + f]!) / (1 + Math.exp(-source[first + half + f]!));
        }
        return;
      }
      case "relu":
        for (let f = start; f < end; f++) target[at + f] = Math.max(0, source[from + f]!);
        return;
      case "elu":
        for (let f = start; f < end; f++) {
          const value = source[from + f]!;
          target[at + f] = value > 0 ? value : Math.expm1(value);
        }
        return;
      case "dropout":
        for (let f = start; f < end; f++) target[at + f] = source[from + f]!;
        return;
      case "input":
        return;
      default:
        node satisfies never;
    }
  }

  /** Leaves group `group` of a convolution at (y, x) in the accumulator. */
  #convolve(i: number, y: number, x: number, group: number): void {
    const { node, channels, inputs } = this.#instructions[i]!;
    const { weight, bias } = this.#constants[i]!;
    if (node.op !== "convolution") return;
    const { height, width } = this.#network.picture;
    const input = inputs[0]!;
    const source = this.#buffers[input]!;
    const { node: sourceNode, channels: sourceChannels } = this.#instructions[input]!;
    const accumulator = this.#accumulator;
    const [start, end] = node.groups[group]!;
    for (let f = start; f < end; f++) accumulator[f] = bias![f]!;
    for (let t = 0; t < node.taps.length; t++) {
      const { dy, dx, pairs } = node.taps[t]!;
      const sy = y + dy * node.dilation;
      const sx = x + dx * node.dilation;
      if (sy < 0 || sy >= height || sx < 0 || sx >= width) continue;
      const from = this.#offset(input, sy, sx);
      for (const [outputGroup, inputGroup] of pairs) {
        if (outputGroup !== group) continue;
        const [first, last] = sourceNode.groups[inputGroup]!;
        for (let k = first; k < last; k++) {
          const value = source[from + k]!;
          const row = (t * sourceChannels + k) * channels;
          for (let f = start; f < end; f++) accumulator[f]! += value * weight![row + f]!;
        }
      }
    }
  }
}
