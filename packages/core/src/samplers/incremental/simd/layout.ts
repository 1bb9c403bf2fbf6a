/**
 * Where activations lie in a block of pictures. Tiles have four lanes, filled in two ways:
 *
 *     4 pictures   [rows, columns, F, 4]      lanes are the pictures, whatever is computed
 *     1 picture    [rows, F, columns]         where a row operation touches it: lanes are 4 neighbouring positions
 *                  [rows, columns, F]         elsewhere: one position's channels lie together
 *
 * Rows have columns of zeros on both sides as far as taps reach, so no tap asks whether it is inside. Constants have neither
 * rows nor columns: 0 bytes from one to the next.
 */
import { type Buffer, type Plan, roundUp, type Slot } from "../../../lowering/index.ts";

/** Pictures in a block. */
export type BlockSize = 1 | 4;

/** How the kernels find activations: byte offset of (0, 0) from the block's base, ring length, and byte distances. */
export interface Operand {
  readonly origin: number;
  readonly rows: number;
  readonly rowBytes: number;
  readonly columnBytes: number;
  readonly channelBytes: number;
}

export interface Layout {
  readonly size: BlockSize;
  /** Of a whole block, a multiple of 64. */
  readonly blockBytes: number;
  /** Operand of a slot, moved by dx columns. */
  operand(slot: Slot, dx?: number): Operand;
}

const FLOAT = 4;
const LANES = 4;

export function layoutOf(plan: Plan, size: BlockSize, width: number): Layout {
  let bytes = 0;
  let overrun = 0;
  const operands = plan.buffers.map((buffer): Operand => {
    const { operand, length } = place(buffer, size, width, bytes);
    bytes += length;
    overrun = Math.max(overrun, 8 * operand.channelBytes);
    return operand;
  });
  return {
    size,
    // The last tile may read, never write, beyond its channels and columns.
    blockBytes: roundUp(bytes + overrun, 64),
    operand({ buffer, channel }, dx = 0) {
      const operand = operands[buffer]!;
      return {
        ...operand,
        origin: operand.origin + channel * operand.channelBytes + dx * operand.columnBytes,
      };
    },
  };
}

/** Byte offset of (y, x) of an operand's first channel from the block's base. */
export function offsetAt({ origin, rows, rowBytes, columnBytes }: Operand, y: number, x: number): number {
  return origin + (y % rows) * rowBytes + x * columnBytes;
}

/** Bytes of the weights of one draw of a block: [K, 4], or for a single picture [K rounded up to 4], which kernels store whole. */
export function weightBytesOf(size: BlockSize, levels: number): number {
  return (size === LANES ? LANES * levels : roundUp(levels, LANES)) * FLOAT;
}

function place(buffer: Buffer, size: BlockSize, width: number, start: number) {
  const { channels, left, right, inRows } = buffer;
  const rows = Math.max(1, buffer.rows);
  if (buffer.rows === 0) {
    const channelBytes = size === 4 || inRows ? LANES * FLOAT : FLOAT;
    const operand = { origin: start, rows, rowBytes: 0, columnBytes: 0, channelBytes };
    return { operand, length: channels * channelBytes };
  }
  if (size === 1 && inRows) {
    const channelBytes = (left + roundUp(width, LANES) + right) * FLOAT;
    const rowBytes = channels * channelBytes;
    const operand = { origin: start + left * FLOAT, rows, rowBytes, columnBytes: FLOAT, channelBytes };
    return { operand, length: rows * rowBytes };
  }
  const channelBytes = size * FLOAT;
  const columnBytes = channels * channelBytes;
  const rowBytes = (left + width + right) * columnBytes;
  const operand = { origin: start + left * columnBytes, rows, rowBytes, columnBytes, channelBytes };
  return { operand, length: rows * rowBytes };
}
