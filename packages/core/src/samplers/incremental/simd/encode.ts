/**
 * A plan as the words that the kernels interpret (kernels/sum.ts, elementwise.ts, cells.ts and attention.ts name each word), with the
 * weights that they point to: one image, copied to the beginning of every memory.
 */

import {
  type Affine,
  type Attention,
  type Cell,
  type Constants,
  constantsOf,
  type Gate,
  inputCount,
  type Operation,
  type Plan,
  type Planes,
  planOf,
  roundUp,
  rowStagesOf,
  type Sum,
  type Sweep,
  type Window,
} from "../../../lowering/index.ts";
import type { Model } from "../../../network/model.ts";
import { oncePer } from "../../../network/once-per.ts";
import { PANEL, packPanels } from "../pack-panels.ts";
import { ImageWriter } from "./image-writer.ts";
import { type BlockSize, type Layout, layoutOf, type Operand } from "./layout.ts";

/** Neighbouring instructions that one module computes, for its run functions. */
export interface InstructionList {
  readonly part: "layers" | "attention" | "cells";
  /** Address of the first. */
  readonly address: number;
  readonly count: number;
}

/** What is computed for a row, or of one sweep along it at every position, before what follows begins. */
export interface RowLists {
  readonly sweep: Sweep | null;
  readonly lists: readonly InstructionList[];
}

/** The instructions for blocks of one size. */
export interface BlockInstructions {
  readonly layout: Layout;
  /** Of these, what no kernel computes: written before a row's instructions run. */
  readonly planes: readonly Planes[];
  /** What a row needs before it starts. */
  readonly row: readonly RowLists[];
  /** What a position needs after 0 … C of its picture channels are known. */
  readonly steps: readonly (readonly InstructionList[])[];
}

/** A model as a memory begins with it. */
export interface MemoryImage {
  readonly plan: Plan;
  readonly constants: Constants;
  /** What a memory begins with. Blocks follow. */
  readonly bytes: Uint8Array;
  readonly instructions: Readonly<Record<BlockSize, BlockInstructions>>;
  /** Address of what the kernels use between two instructions. */
  readonly scratch: number;
}

const INSTRUCTION_WORDS = 22;
const OPERATIONS = { sum: 0, gate: 1, affine: 2, glu: 3 } as const;
const ACTIVATIONS = { none: 0, relu: 1, elu: 2, concatElu: 3 } as const;
const STRIP = 32;

/** Made once per model. */
export const memoryImageOf = oncePer(encode);

function encode(model: Model): MemoryImage {
  const { network } = model;
  const plan = planOf(network);
  const constants = constantsOf(model);
  const { height, width, channels } = network.picture;
  const writer = new ImageWriter();
  const scratch = writer.reserve(scratchBytes(plan, height * width));
  const parameters = new Map<Sum, { panels: number; bias: number }>();
  for (const operation of plan.operations) {
    if (operation.op !== "sum") continue;
    const bias = new Float32Array(roundUp(operation.channels, STRIP));
    bias.set(constants.bias(operation));
    parameters.set(operation, {
      panels: writer.floats(packPanels(operation, constants)),
      bias: writer.floats(bias),
    });
  }
  const listsFor = (size: BlockSize): BlockInstructions => {
    const layout = layoutOf(plan, size, width);
    const list = (operations: readonly Computed[]): InstructionList => {
      const words = operations.flatMap((operation) => {
        if (operation.op === "sum") return sumWords(operation, layout, parameters.get(operation)!, writer);
        if (operation.op === "attention") return attentionWords(operation, layout, width, writer);
        return operation.op === "cell" ? cellWords(operation, layout) : elementwiseWords(operation, layout);
      });
      return { part: partOf(operations[0]!), address: writer.words(words), count: operations.length };
    };
    const listsOf = (operations: readonly Operation[]) =>
      stretchesOf(operations.filter(isComputed)).map(list);
    return {
      layout,
      planes: plan.operations.filter((operation) => operation.op === "planes"),
      row: rowStagesOf(plan).map(({ sweep, operations }) => ({ sweep, lists: listsOf(operations) })),
      steps: Array.from({ length: channels + 1 }, (_, due) =>
        listsOf(plan.operations.filter(({ kind, step }) => kind === "position" && step === due)),
      ),
    };
  };
  const instructions = { 1: listsFor(1), 4: listsFor(4) };
  return { plan, constants, bytes: writer.bytes(), instructions, scratch };
}

/** What kernels compute. */
type Computed = Exclude<Operation, Planes>;

function isComputed(operation: Operation): operation is Computed {
  return operation.op !== "planes";
}

/** The module that computes an operation. */
function partOf({ op }: Computed): InstructionList["part"] {
  if (op === "cell") return "cells";
  return op === "attention" ? "attention" : "layers";
}

/** Neighbouring operations of one module. */
function stretchesOf(operations: readonly Computed[]): Computed[][] {
  const stretches: Computed[][] = [];
  for (const operation of operations) {
    const last = stretches.at(-1);
    if (last && partOf(last[0]!) === partOf(operation)) last.push(operation);
    else stretches.push([operation]);
  }
  return stretches;
}

/** A product of 8 × 4 floats, then the longest lists of resolved runs and addends; or a query, and for each head four scores a position and two vectors. */
function scratchBytes({ operations }: Plan, positions: number): number {
  const lists = operations.map((operation) => {
    if (operation.op === "attention") {
      const { heads, keySize } = operation;
      return 4 * roundUp(keySize, 4) + heads * (32 + 16 * positions) + 16;
    }
    return operation.op === "sum" ? operation.windows.length * 20 + operation.addends.length * 12 : 0;
  });
  return 128 + Math.max(0, ...lists);
}

function sumWords(
  sum: Sum,
  layout: Layout,
  { panels, bias }: { panels: number; bias: number },
  writer: ImageWriter,
): number[] {
  const runs = runsOf(sum.windows, layout);
  const addends = sum.addends.map((slot) => operandWords(layout.operand(slot)));
  return padded([
    OPERATIONS.sum,
    sum.channels,
    ...operandWords(layout.operand(sum.target)),
    panels,
    bias,
    inputCount(sum.windows) * PANEL * 4,
    writer.words(
      runs.flatMap((run) => [...operandWords(run.operand), run.dy, run.length, run.input * PANEL * 4]),
    ),
    runs.length,
    writer.words(addends.flat()),
    addends.length,
    ACTIVATIONS[sum.activation],
  ]);
}

function attentionWords(
  { heads, keySize, valueSize, target, operands }: Attention,
  layout: Layout,
  width: number,
  writer: ImageWriter,
): number[] {
  const scale = new Int32Array(Float32Array.of(1 / Math.sqrt(keySize)).buffer)[0]!;
  return padded([
    0, // its module knows no other operation
    writer.words([heads, keySize, valueSize, width, scale]),
    ...[target, ...operands].flatMap((slot) => operandWords(layout.operand(slot))),
  ]);
}

function cellWords({ channels, target, operands, state, dy, dx }: Cell, layout: Layout): number[] {
  const places = [target, ...operands, state].map((slot) => layout.operand(slot));
  const { columnBytes } = places.at(-1)!;
  // Its module knows no other operation.
  return padded([0, channels, ...places.flatMap(operandWords), dy, dx * columnBytes]);
}

function elementwiseWords(operation: Gate | Affine, layout: Layout): number[] {
  const operands = [operation.target, ...operation.operands].map((slot) => layout.operand(slot));
  return padded([OPERATIONS[operation.op], operation.channels, ...operands.flatMap(operandWords)]);
}

function operandWords({ origin, rows, rowBytes, columnBytes, channelBytes }: Operand): number[] {
  return [origin, rows, rowBytes, columnBytes, channelBytes];
}

function padded(words: readonly number[]): number[] {
  return [...words, ...new Array<number>(INSTRUCTION_WORDS - words.length).fill(0)];
}

interface Run {
  readonly operand: Operand;
  readonly dy: number;
  length: number;
  /** Inputs before it. */
  readonly input: number;
}

/** Windows whose inputs continue at the same distance become one run: a row of taps over a few channels, say. */
function runsOf(windows: readonly Window[], layout: Layout): Run[] {
  const runs: Run[] = [];
  let input = 0;
  for (const window of windows) {
    const operand = layout.operand(window, window.dx);
    const last = runs.at(-1);
    const sameRow = last?.dy === window.dy && sameSteps(last.operand, operand);
    const distance = last === undefined ? 0 : operand.origin - last.operand.origin;
    if (last && sameRow && last.length === 1 && window.length === 1 && distance > 0) {
      // A single input has no distance of its own yet.
      runs[runs.length - 1] = { ...last, operand: { ...last.operand, channelBytes: distance }, length: 2 };
    } else if (
      last &&
      sameRow &&
      distance === last.length * last.operand.channelBytes &&
      (window.length === 1 || operand.channelBytes === last.operand.channelBytes)
    ) {
      last.length += window.length;
    } else runs.push({ operand, dy: window.dy, length: window.length, input });
    input += window.length;
  }
  return runs;
}

/** Do the two stay at the same distance from each other, whatever the position? */
function sameSteps(a: Operand, b: Operand): boolean {
  return a.rows === b.rows && a.rowBytes === b.rowBytes && a.columnBytes === b.columnBytes;
}
