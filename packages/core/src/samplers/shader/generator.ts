/**
 * A model as WGSL programs. Row operations are a small program each, which computes the operation for a whole row of every picture.
 * Everything else is one program, in which a workgroup is a picture and walks the positions that a dispatch names:
 *
 *     for position …                        uniform: all invocations together
 *       for channel c: the operations of step c, then the draw of c
 *       the operations that needed the last channel
 *
 * The sizes of the network are written into the texts, so loops have constant bounds and addresses fold. Repeated layers are loops
 * (roll.ts).
 */

import {
  type Attention,
  constantsOf,
  inputCount,
  type Operation,
  type Plan,
  planOf,
  roundUp,
} from "../../lowering/index.ts";
import type { Model } from "../../network/model.ts";
import { Addresses } from "./addresses.ts";
import { attend, floatsOfAttention } from "./attention.ts";
import { drawValue, floatsOfDraw } from "./draw-value.ts";
import type { Generator, PositionGenerator, RowProgram } from "./generation.ts";
import { placeBuffers } from "./memory.ts";
import { OperationText } from "./operation-text.ts";
import { Packer } from "./pack-weights.ts";
import { pointwise, rowPointwise } from "./pointwise.ts";
import { positionSum, splitOf } from "./position-sum.ts";
import { distinct, positionProgramText, ROW_INVOCATIONS, rowProgramText } from "./program-text.ts";
import { rowPlanes } from "./row-planes.ts";
import { rowSum } from "./row-sum.ts";

/** Everything that a device must be given for a model. */
export interface ShaderProgram {
  /** Texts of row programs; every row operation runs one of them. */
  readonly rowTexts: readonly string[];
  /** In order: what a row needs before its first position. */
  readonly rows: readonly RowStep[];
  readonly position: string;
  readonly weights: Float32Array<ArrayBuffer>;
  readonly constants: Float32Array<ArrayBuffer>;
  readonly tables: Uint32Array<ArrayBuffer>;
  /** Floats of activations a picture. */
  readonly pictureFloats: number;
}

export interface RowStep {
  /** Which of the texts. */
  readonly text: number;
  /** What its text is to fill in. */
  readonly numbers: Uint32Array<ArrayBuffer>;
  /** Workgroups a picture. */
  readonly workgroups: number;
}

/** Bytes of workgroup memory and invocations of a workgroup: WebGPU's default limits. */
const WORKGROUP_BYTES = 16_384;
const MAX_INVOCATIONS = 256;
const MIN_INVOCATIONS = 32;
/** Floats of workgroup memory that inputs of a sum are gathered into, a piece at a time where there are more. */
const MAX_STAGED = 1536;

/** @param maxInvocations of a workgroup; fewer where the network would not keep them busy. */
export function generateProgram(model: Model, maxInvocations = MAX_INVOCATIONS): ShaderProgram {
  const { picture, encoding } = model.network;
  const plan = planOf(model.network);
  const numbers = constantsOf(model);
  const packer = new Packer(numbers);
  const encoded = packer.constants(
    Float32Array.from({ length: picture.levels }, (_, level) => level * encoding.scale + encoding.offset),
  );
  const tables = new Map<number, number>();
  for (const { instruction } of plan.lookups) {
    if (!tables.has(instruction))
      tables.set(instruction, packer.constants(numbers.nodes[instruction]!.table!));
  }
  const invocations = Math.min(maxInvocations, invocationsFor(plan));
  const stagedFloats = stagedFor(plan, floatsOfDraw(model.network), picture.height * picture.width);
  const steps = Array.from({ length: picture.channels + 1 }, (_, step) =>
    plan.operations.filter((operation) => operation.kind === "position" && operation.step === step),
  );
  const memory = placeBuffers(plan, steps.flat(), {
    width: picture.width,
    registerLimit: WORKGROUP_BYTES / 4 - stagedFloats - 4 * invocations,
    constantOffset: ({ constant }) => packer.constants(numbers.values(constant!)),
  });
  const generator = (): Generator => {
    const text = new OperationText();
    return {
      network: model.network,
      plan,
      memory,
      packer,
      encoded,
      tables,
      text,
      addresses: new Addresses(memory, text),
    };
  };
  const rows = plan.operations
    .filter((operation) => operation.op !== "attention") // at positions alone
    .filter(({ kind }) => kind === "row")
    .map((operation) => {
      const own = generator();
      const program = rowProgram(own, operation);
      return { ...program, text: own.text };
    });
  const atPosition: OperationText[] = [];
  const write = (emit: (own: PositionGenerator) => void) => {
    const own = { ...generator(), invocations, stagedFloats };
    emit(own);
    atPosition.push(own.text);
  };
  steps.forEach((operations, step) => {
    for (const operation of operations) {
      if (operation.op === "planes") continue; // of rows alone
      write((own) => {
        if (operation.op === "sum") positionSum(own, operation);
        else if (operation.op === "attention") attend(own, operation);
        else pointwise(own, operation);
      });
    }
    if (step < picture.channels) write((own) => drawValue(own, step));
  });
  const setting = { pictureFloats: memory.pictureFloats, rowPositions: picture.width };
  const rowTexts = distinct(rows.map((row) => rowProgramText(setting, row)));
  const { registerFloats } = memory;
  const position = positionProgramText({
    ...setting,
    operations: atPosition,
    packer,
    invocations,
    stagedFloats,
    registerFloats,
  });
  return {
    ...packer.finish(),
    rowTexts: rowTexts.values,
    rows: rows.map(({ items, text }, i) => ({
      text: rowTexts.indices[i]!,
      numbers: Uint32Array.from(text.numbers),
      workgroups: Math.ceil(items / ROW_INVOCATIONS),
    })),
    position,
    pictureFloats: memory.pictureFloats,
  };
}

function rowProgram(own: Generator, operation: Exclude<Operation, Attention>): RowProgram {
  if (operation.op === "sum") return rowSum(own, operation);
  return operation.op === "planes" ? rowPlanes(own, operation) : rowPointwise(own, operation);
}

/** As many as the largest operation at a position keeps busy, a power of two. */
function invocationsFor(plan: Plan): number {
  const busy = plan.operations.map((operation) => {
    if (operation.op === "attention") return MAX_INVOCATIONS;
    if (operation.kind === "row" || operation.op !== "sum") return 1;
    const inputs = inputCount(operation.windows);
    const { columns, slices } = splitOf(operation, inputs, MAX_INVOCATIONS);
    return columns * slices;
  });
  const wanted = 2 ** Math.ceil(Math.log2(Math.max(1, ...busy)));
  return Math.min(MAX_INVOCATIONS, Math.max(MIN_INVOCATIONS, wanted));
}

function stagedFor(plan: Plan, drawn: number, positions: number): number {
  const inputs = plan.operations.map((operation) => {
    if (operation.op === "attention") return floatsOfAttention(operation, positions);
    return operation.op === "sum" && operation.kind === "position" ? inputCount(operation.windows) : 0;
  });
  // A piece holds at least one step of the widest split.
  return roundUp(Math.min(MAX_STAGED, Math.max(drawn, 128, ...inputs)), 128);
}
