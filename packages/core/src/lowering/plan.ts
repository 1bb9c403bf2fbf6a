/**
 * A network as the SIMD kernels and the shader want it: few, large operations. Most nodes disappear into sums,
 *
 *     target = activation(bias + Σ convolutions + Σ addends),
 *
 * because a convolution, an `add`, a `bias` or an activation that only one such node reads needs no buffer of its own. What
 * is left are gates, cells, attention and batch norms that nothing could absorb. Dropout and folded batch norms are other names of their input.
 *
 * One file although long: absorbing is one walk over the graph, and every case of it decides by what the others absorbed.
 */
import type { ChannelRange, ConvolutionNode, LstmNode, Network, NetworkNode } from "../network/graph.ts";
import { rangeSize, scaleGroups } from "../network/groups.ts";
import { oncePer } from "../network/once-per.ts";
import type { NodeSchedule } from "../network/schedule.ts";
import { type Instruction, instructionsOf } from "./instructions.ts";
import type {
  Activation,
  Buffer,
  ConstantSource,
  Lookup,
  Operation,
  OperationBase,
  Plan,
  Slot,
  Sweep,
} from "./operations.ts";
import { type Looked, type Window, windowsOf } from "./windows.ts";

/** A sum that has no buffer yet. */
interface Expression {
  /** Instructions, by position; so are biases. Addends are buffers. */
  readonly convolutions: readonly number[];
  readonly addends: readonly number[];
  readonly biases: readonly number[];
  readonly activation: Activation;
}

/** The channel groups of a sum, and when each is due. */
interface SumTimes extends Pick<OperationBase, "kind" | "sweep"> {
  readonly groups: readonly ChannelRange[];
  readonly steps: readonly number[];
}

/** What begins with the sum of what it reads. */
const ABSORBING = new Set<NetworkNode["op"]>(["add", "bias", "relu", "elu", "concatElu", "lstm"]);

/** Made once per network. */
export const planOf = oncePer((network: Network): Plan => new Planner(network).plan());

class Planner {
  readonly #picture: Network["picture"];
  readonly #instructions: readonly Instruction[];
  /** Instruction that computes what an instruction stands for: itself, unless it is only another name. */
  readonly #origin: readonly number[];
  readonly #readers: readonly (readonly number[])[];
  readonly #output: number;
  readonly #buffers: Buffer[] = [];
  readonly #lookups: Lookup[] = [];
  readonly #operations: Operation[] = [];
  readonly #bufferOf = new Map<number, number>();
  readonly #expressionOf = new Map<number, Expression>();

  constructor(network: Network) {
    this.#picture = network.picture;
    this.#instructions = instructionsOf(network);
    const origin: number[] = [];
    this.#instructions.forEach((instruction, i) => {
      origin.push(instruction.isAlias ? origin[instruction.inputs[0]!]! : i);
    });
    this.#origin = origin;
    const readers: number[][] = this.#instructions.map(() => []);
    this.#instructions.forEach((instruction, i) => {
      if (!instruction.isAlias) for (const input of instruction.inputs) readers[origin[input]!]!.push(i);
    });
    this.#readers = readers;
    this.#output = origin[this.#instructions.findIndex(({ node }) => node.name === network.output)]!;
  }

  plan(): Plan {
    this.#instructions.forEach((instruction, i) => {
      if (this.#origin[i] !== i) return;
      if (this.#readers[i]!.length > 0 || i === this.#output || i === 0) this.#lower(instruction, i);
    });
    return {
      buffers: this.#buffers,
      lookups: this.#lookups,
      operations: this.#operations,
      output: this.#bufferOf.get(this.#output)!,
    };
  }

  #lower(instruction: Instruction, i: number): void {
    const { node } = instruction;
    const expression = this.#expression(instruction, i);
    if (expression !== null && this.#isAbsorbed(instruction, i, expression)) {
      this.#expressionOf.set(i, expression);
      return;
    }
    const target = this.#addBuffer(i);
    if (expression !== null)
      this.#emitSums({ ...instruction, groups: node.groups, sweep: null }, target, expression);
    else if (node.op === "lstm") this.#emitLstm(instruction, node, i, target);
    else if (node.op !== "input") {
      node.groups.forEach((range, group) => {
        if (rangeSize(range) > 0) this.#emitGroup(instruction, i, target, group);
      });
    }
  }

  /** The node as a sum; null when it is none. */
  #expression({ node, inputs, kind }: Instruction, i: number): Expression | null {
    switch (node.op) {
      case "convolution":
        return { convolutions: [i], addends: [], biases: [i], activation: "none" };
      case "add":
        return sumOf(inputs.map((input) => this.#term(input)));
      case "bias": {
        const term = this.#term(inputs[0]!);
        if (!node.perClass) return { ...term, biases: [...term.biases, i] };
        return {
          ...term,
          addends: [
            ...term.addends,
            this.#addConstant({ instruction: i, part: "bias", perClass: true }, kind),
          ],
        };
      }
      case "relu":
      case "elu":
      case "concatElu":
        return { ...this.#term(inputs[0]!), activation: node.op };
      case "input":
      case "embedding":
      case "planes":
      case "concat":
      case "gate":
      case "glu":
      case "batchNorm":
      case "dropout":
      case "attention":
      case "lstm":
        return null;
      default:
        return node satisfies never;
    }
  }

  /** An input as a part of a sum: what it absorbs, or its buffer. */
  #term(input: number): Expression {
    const origin = this.#origin[input]!;
    const pending = this.#expressionOf.get(origin);
    if (pending !== undefined) return pending;
    return { convolutions: [], addends: [this.#bufferOf.get(origin)!], biases: [], activation: "none" };
  }

  #isAbsorbed(instruction: Instruction, i: number, { activation }: Expression): boolean {
    const [reader, ...others] = this.#readers[i]!;
    if (reader === undefined || others.length > 0 || i === this.#output || activation !== "none")
      return false;
    const { node, kind, sweep } = this.#instructions[reader]!;
    // What a sweep needs is cheaper for a whole row at once.
    return kind === instruction.kind && sweep === null && ABSORBING.has(node.op);
  }

  #addBuffer(i: number): number {
    const names = this.#instructions.filter((_, other) => this.#origin[other] === i);
    const { channels } = this.#instructions[i]!;
    const rows = Math.max(...names.map((name) => name.rows));
    this.#bufferOf.set(i, this.#buffers.length);
    return this.#addRows(channels, rows, this.#instructions[i]!);
  }

  /** A buffer that operations of this schedule write. */
  #addRows(channels: number, rows: number, { kind, sweep }: Pick<NodeSchedule, "kind" | "sweep">): number {
    const inRows = kind === "row" && sweep === null;
    return this.#buffers.push({ channels, rows, left: 0, right: 0, inRows }) - 1;
  }

  #addConstant(constant: ConstantSource, kind: NodeSchedule["kind"]): number {
    const { channels } = this.#instructions[constant.instruction]!;
    return this.#buffers.push({ channels, rows: 0, left: 0, right: 0, inRows: kind === "row", constant }) - 1;
  }

  /** One operation for neighbouring groups that are due together, look at the same inputs and stay neighbours behind the activation. */
  #emitSums({ groups, kind, sweep, steps }: SumTimes, target: number, expression: Expression): void {
    const { convolutions, addends, biases, activation } = expression;
    const parts: { start: number; end: number; step: number; windows: Window[] }[] = [];
    const copies = activation === "concatElu" ? 2 : 1;
    groups.forEach((range, group) => {
      const [start, end] = range.map((channel) => channel / copies) as [number, number];
      if (end === start) return;
      const windows = convolutions.flatMap((convolution) =>
        windowsOf(this.#looked(convolution), convolution, group, this.#picture),
      );
      const last = parts.at(-1);
      const isMore = last && copies === 1 && last.step === steps[group] && sameWindows(last.windows, windows);
      if (isMore) last.end = end;
      else parts.push({ start, end, step: steps[group]!, windows });
    });
    for (const { start, end, step, windows } of parts) {
      for (const { buffer, dx } of windows) this.#reach(buffer, dx);
      const channels = end - start;
      this.#emit({
        op: "sum",
        kind,
        sweep,
        step,
        target: { buffer: target, channel: copies * start },
        channels,
        first: start,
        windows,
        biases: biases.map((instruction) => ({ instruction, channel: start })),
        addends: addends.map((buffer) => ({ buffer, channel: start })),
        activation,
      });
    }
  }

  /** What a convolution looks at, or an LSTM with taps on itself. */
  #looked(convolution: number): Looked {
    const { node, inputs } = this.#instructions[convolution]!;
    const source = node.op === "lstm" ? convolution : this.#origin[inputs[0]!]!;
    const { taps, dilation } = node.op === "lstm" ? { ...node, dilation: 1 } : (node as ConvolutionNode);
    const { groups } = this.#instructions[source]!.node;
    return { taps, dilation, groups, buffer: this.#bufferOf.get(source)! };
  }

  /** The gates of a position, then the cells; of a swept row position after position. */
  #emitLstm(instruction: Instruction, node: LstmNode, i: number, target: number): void {
    const { kind, steps, sweep: direction, inputs, channels } = instruction;
    const sweep: Sweep | null = direction === null ? null : { direction };
    const term = this.#term(inputs[0]!);
    const gates = this.#addRows(4 * channels, kind === "row" && sweep === null ? 1 : 0, instruction);
    const groups = scaleGroups(node.groups, 4);
    const sums = { ...term, convolutions: [...term.convolutions, i] };
    this.#emitSums({ groups, kind, sweep, steps }, gates, sums);
    // Outside the picture all is 0, so nothing is farther away than its border.
    const { height, width } = this.#picture;
    const dy = Math.max(node.cell.dy, -height);
    const dx = Math.max(-width, Math.min(node.cell.dx, width));
    const state = this.#addRows(channels, 1 - dy, instruction);
    this.#reach(state, dx);
    node.groups.forEach(([start, end], group) => {
      if (end === start) return;
      const step = steps[group]!;
      const common = { kind, sweep, step, target: slot(target, start), channels: end - start };
      this.#emit({
        ...common,
        op: "cell",
        operands: [slot(gates, 4 * start)],
        state: slot(state, start),
        dy,
        dx,
      });
    });
  }

  #emitGroup({ node, kind, steps, inputs }: Instruction, i: number, target: number, group: number): void {
    const [start, end] = node.groups[group]!;
    const sources = inputs.map((input) => this.#bufferOf.get(this.#origin[input]!)!);
    const common = {
      kind,
      sweep: null,
      step: steps[group]!,
      target: { buffer: target, channel: start },
      channels: end - start,
    };
    const source = sources[0]!;
    if (node.op === "gate" || node.op === "glu") {
      const channel = 2 * start;
      const half = end - start;
      this.#emit({ ...common, op: node.op, operands: [slot(source, channel), slot(source, channel + half)] });
    } else if (node.op === "embedding") {
      this.#lookups.push({ channel: group, target: common.target, channels: end - start, instruction: i });
    } else if (node.op === "planes") {
      this.#emit({ ...common, op: "planes", planes: node.planes.slice(start, end), operands: [] });
    } else if (node.op === "batchNorm") {
      const scales = this.#addConstant({ instruction: i, part: "scale", perClass: false }, kind);
      const biases = this.#addConstant({ instruction: i, part: "bias", perClass: false }, kind);
      this.#emit({
        ...common,
        op: "affine",
        operands: [slot(source, start), slot(scales, start), slot(biases, start)],
      });
    } else if (node.op === "attention") {
      const [keySize, valueSize] = [inputs[0]!, i].map(
        (n) => this.#instructions[n]!.channels / node.heads,
      ) as [number, number];
      const first = start / valueSize;
      const operands = [slot(sources[0]!, first * keySize), slot(sources[1]!, first * keySize)] as const;
      this.#emit({
        ...common,
        op: "attention",
        node: node.name,
        heads: (end - start) / valueSize,
        keySize,
        valueSize,
        operands: [...operands, slot(sources[2]!, start)],
      });
    } else if (node.op === "concat") {
      let to = start;
      inputs.forEach((input, n) => {
        const [first, last] = this.#instructions[input]!.node.groups[group]!;
        if (last > first) this.#emitCopy(common, slot(sources[n]!, first), slot(target, to), last - first);
        to += last - first;
      });
    } else {
      // Sums, what is lowered as a whole, and what stands for no operation.
      node.op satisfies
        | "input"
        | "convolution"
        | "add"
        | "bias"
        | "relu"
        | "elu"
        | "concatElu"
        | "dropout"
        | "lstm";
    }
  }

  /** A copy: a sum of one. */
  #emitCopy(
    { kind, step }: Pick<OperationBase, "kind" | "step">,
    from: Slot,
    to: Slot,
    channels: number,
  ): void {
    const nothing = { first: 0, windows: [], biases: [], activation: "none" } as const;
    this.#emit({ op: "sum", kind, sweep: null, step, target: to, channels, ...nothing, addends: [from] });
  }

  #emit(operation: Operation): void {
    this.#operations.push(operation);
    if (operation.kind !== "row" || operation.sweep !== null) return;
    const read = operation.op === "sum" ? [...operation.windows, ...operation.addends] : operation.operands;
    for (const { buffer } of read) this.#buffers[buffer]!.inRows = true;
  }

  #reach(buffer: number, dx: number): void {
    const source = this.#buffers[buffer]!;
    source.left = Math.max(source.left, -dx);
    source.right = Math.max(source.right, dx);
  }
}

function sumOf(terms: readonly Expression[]): Expression {
  return {
    convolutions: terms.flatMap((term) => term.convolutions),
    addends: terms.flatMap((term) => term.addends),
    biases: terms.flatMap((term) => term.biases),
    activation: "none",
  };
}

function slot(buffer: number, channel: number): Slot {
  return { buffer, channel };
}

function sameWindows(a: readonly Window[], b: readonly Window[]): boolean {
  return (
    a.length === b.length &&
    a.every((window, i) => {
      const other = b[i]!;
      return (
        window.convolution === other.convolution &&
        window.tap === other.tap &&
        window.channel === other.channel &&
        window.length === other.length
      );
    })
  );
}
