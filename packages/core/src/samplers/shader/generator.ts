/**
 * A model as WGSL programs. Row operations are a small program each, which computes the operation for a whole row of every picture; where the positions
 * of a row wait for each other, a program walks along it, in which a workgroup is a picture. Everything else is one program, in which a workgroup is a picture and walks the positions that a dispatch names:
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
  type Planes,
  planOf,
  roundUp,
  rowStagesOf,
} from "../../lowering/index.ts";
import type { Model } from "../../network/model.ts";
import { Addresses } from "./addresses.ts";
import { attend, floatsOfAttention } from "./attention.ts";
import { positionCells, rowCells } from "./cells.ts";
import { drawValue, floatsOfDraw } from "./draw-value.ts";
import type { Generator, PositionGenerator, RowProgram } from "./generation.ts";
import { placeBuffers } from "./memory.ts";
import { OperationText } from "./operation-text.ts";
import { Packer } from "./pack-weights.ts";
import { pointwise, rowPointwise } from "./pointwise.ts";
import { positionSum, splitOf } from "./position-sum.ts";
import {
  distinct,
  positionProgramText,
  ROW_INVOCATIONS,
  rowProgramText,
  sweepProgramText,
} from "./program-text.ts";
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
  const swept = plan.operations.filter(({ sweep }) => sweep !== null);
  const memory = placeBuffers(plan, [...swept, ...steps.flat()], {
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
  const { registerFloats } = memory;
  const setting = { pictureFloats: memory.pictureFloats, rowPositions: picture.width };
  const workgroup = { ...setting, invocations, stagedFloats, registerFloats };
  const rows = rowStagesOf(plan).flatMap(({ sweep, operations }): WrittenRow[] => {
    if (sweep === null) {
      return operations
        .filter((operation) => operation.op !== "attention") // at positions alone
        .map((operation) => {
          const own = generator();
          const program = rowProgram(own, operation);
          const { numbers } = own.text;
          const workgroups = Math.ceil(program.items / ROW_INVOCATIONS);
          return { text: rowProgramText(setting, { ...program, text: own.text }), numbers, workgroups };
        });
    }
    const parts = operations.filter(isNoPlanes).map((operation) => {
      const own = { ...generator(), invocations, stagedFloats };
      positionOperation(own, operation);
      return own.text;
    });
    const numbers = parts.flatMap((part) => part.numbers);
    return [{ text: sweepProgramText(workgroup, sweep, parts), numbers, workgroups: 1 }];
  });
  const atPosition: OperationText[] = [];
  const write = (emit: (own: PositionGenerator) => void) => {
    const own = { ...generator(), invocations, stagedFloats };
    emit(own);
    atPosition.push(own.text);
  };
  steps.forEach((operations, step) => {
    for (const operation of operations) {
      if (!isNoPlanes(operation)) continue;
      write((own) => positionOperation(own, operation));
    }
    if (step < picture.channels) write((own) => drawValue(own, step));
  });
  const rowTexts = distinct(rows.map(({ text }) => text));
  const position = positionProgramText({ ...workgroup, operations: atPosition, packer });
  return {
    ...packer.finish(),
    rowTexts: rowTexts.values,
    rows: rows.map(({ numbers, workgroups }, i) => ({
      text: rowTexts.indices[i]!,
      numbers: Uint32Array.from(numbers),
      workgroups,
    })),
    position,
    pictureFloats: memory.pictureFloats,
  };
}

/** A row's program, as it was written. */
interface WrittenRow {
  readonly text: string;
  readonly numbers: readonly number[];
  readonly workgroups: number;
}

/** Planes are of whole rows alone. */
function isNoPlanes(operation: Operation): operation is Exclude<Operation, Planes> {
  return operation.op !== "planes";
}

function positionOperation(own: PositionGenerator, operation: Exclude<Operation, Planes>): void {
  if (operation.op === "sum") positionSum(own, operation);
  else if (operation.op === "cell") positionCells(own, operation);
  else if (operation.op === "attention") attend(own, operation);
  else pointwise(own, operation);
}

function rowProgram(own: Generator, operation: Exclude<Operation, Attention>): RowProgram {
  if (operation.op === "sum") return rowSum(own, operation);
  if (operation.op === "cell") return rowCells(own, operation);
  return operation.op === "planes" ? rowPlanes(own, operation) : rowPointwise(own, operation);
}

/** Is it computed position by position, by a workgroup a picture? */
function isAtPositions({ kind, sweep }: Operation): boolean {
  return kind === "position" || sweep !== null;
}

/** As many as the largest operation at a position keeps busy, a power of two. */
function invocationsFor(plan: Plan): number {
  const busy = plan.operations.map((operation) => {
    if (operation.op === "attention") return MAX_INVOCATIONS;
    if (!isAtPositions(operation) || operation.op !== "sum") return 1;
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
    return operation.op === "sum" && isAtPositions(operation) ? inputCount(operation.windows) : 0;
  });
  // A piece holds at least one step of the widest split.
  return roundUp(Math.min(MAX_STAGED, Math.max(drawn, 128, ...inputs)), 128);
}
