/**
 * Where activations live on the GPU.
 *
 *     rings       storage, [picture, rows, columns, F]       what taps of later positions reach, and whole rows
 *     registers   workgroup memory, [F]                      what only its own position reads, while there is room
 *
 * Rows have columns of zeros on both sides as far as taps reach, and rows above the picture are slots of a ring that nothing
 * has written yet: no tap asks whether it is inside. A register is given to the next buffer after its last sampler.
 */
import type { Buffer, Operation, Plan, Slot } from "../../lowering/index.ts";
import { roundUp } from "../../lowering/index.ts";

/** A buffer in storage; floats from the picture's first one. */
export interface Ring {
  readonly place: "ring";
  readonly offset: number;
  /** At least 1. */
  readonly rows: number;
  readonly rowStride: number;
  /** 0 where one position is enough. */
  readonly columnStride: number;
  /** Columns before column 0. */
  readonly left: number;
}

export interface Register {
  readonly place: "register";
  readonly offset: number;
}

/** The same at every position: in the constants, a row for each label where `perClass`. */
export interface Constant {
  readonly place: "constant";
  readonly offset: number;
  readonly perClass: boolean;
  readonly channels: number;
}

export type Allocation = Ring | Register | Constant;

/** Columns that an invocation computes together where a whole row is due. */
export const COLUMN_TILE = 4;

export interface Memory {
  /** By position in {@link Plan.buffers}. */
  readonly allocations: readonly Allocation[];
  /** Floats of storage for a picture, a multiple of 64. */
  readonly pictureFloats: number;
  /** Floats of workgroup memory. */
  readonly registerFloats: number;
}

/**
 * @param order operations at a position in the order in which they run; the logits stay until after the last one.
 * @param registerLimit floats of workgroup memory that registers may take.
 * @param constantOffset where a constant buffer lies in the constants.
 */
export function placeBuffers(
  plan: Plan,
  order: readonly Operation[],
  options: {
    readonly width: number;
    readonly registerLimit: number;
    readonly constantOffset: (buffer: Buffer) => number;
  },
): Memory {
  const { width, registerLimit, constantOffset } = options;
  const registers = assignRegisters(plan, order, registerLimit);
  let floats = 0;
  const allocations = plan.buffers.map((buffer, i): Allocation => {
    const { constant, channels, left, right, rows } = buffer;
    if (constant) {
      return { place: "constant", offset: constantOffset(buffer), perClass: constant.perClass, channels };
    }
    const register = registers.offsets.get(i);
    if (register !== undefined) return { place: "register", offset: register };
    const offset = floats;
    const columns = rows === 0 ? 1 : left + roundUp(width, COLUMN_TILE) + right;
    const rowStride = columns * channels;
    floats += Math.max(1, rows) * rowStride;
    const columnStride = rows === 0 ? 0 : channels;
    return {
      place: "ring",
      offset,
      rows: Math.max(1, rows),
      rowStride,
      columnStride,
      left: rows === 0 ? 0 : left,
    };
  });
  return { allocations, pictureFloats: roundUp(floats, 64), registerFloats: registers.floats };
}

interface LiveRange {
  readonly buffer: number;
  readonly floats: number;
  /** First and last operation that touch it. */
  readonly first: number;
  readonly last: number;
}

/** First fit in the order of birth. What does not fit goes to storage. */
function assignRegisters(plan: Plan, order: readonly Operation[], limit: number) {
  const offsets = new Map<number, number>();
  const placed: (LiveRange & { readonly offset: number })[] = [];
  for (const range of liveRangesOf(plan, order)) {
    const alive = placed
      .filter(({ first, last }) => first <= range.last && last >= range.first)
      .sort((a, b) => a.offset - b.offset);
    let offset = 0;
    for (const other of alive) {
      if (offset + range.floats <= other.offset) break;
      offset = Math.max(offset, other.offset + other.floats);
    }
    if (offset + range.floats > limit) continue;
    placed.push({ ...range, offset });
    offsets.set(range.buffer, offset);
  }
  return { offsets, floats: Math.max(0, ...placed.map(({ offset, floats }) => offset + floats)) };
}

function liveRangesOf(plan: Plan, order: readonly Operation[]): LiveRange[] {
  // No operation writes them, and a draw may do so before the first one that reads them.
  const drawn = new Set([0, ...plan.lookups.map(({ target }) => target.buffer)]);
  const ranges = plan.buffers.flatMap((buffer, i): LiveRange[] => {
    if (buffer.rows > 0 || buffer.constant) return [];
    if (drawn.has(i)) return [{ buffer: i, floats: buffer.channels, first: 0, last: order.length }];
    const touched = order.flatMap((operation, at) =>
      operation.target.buffer === i || operandsOf(operation).some((slot) => slot.buffer === i) ? [at] : [],
    );
    const [first, last] = [touched[0]!, i === plan.output ? order.length : touched.at(-1)!];
    return [{ buffer: i, floats: buffer.channels, first, last }];
  });
  return ranges.sort((a, b) => a.first - b.first);
}

/** What an operation reads. */
function operandsOf(operation: Operation): readonly Slot[] {
  return operation.op === "sum" ? [...operation.windows, ...operation.addends] : operation.operands;
}
