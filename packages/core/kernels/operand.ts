// An operand is five 32-bit words that say where a node's activations are, relative to the base of a block of pictures:
//
//     origin · rows · bytes per row · bytes per column · bytes per channel
//
// Rows form a ring; a node that is kept for one position only has 0 bytes per row and a column.

/** Bytes of an operand. */
// @ts-ignore: decorator
@inline
export const OPERAND: usize = 20;

/** Offset from a block's base of the operand's first channel at (y, x). */
// @ts-ignore: decorator
@inline
export function offsetAt(operand: usize, y: i32, x: i32): usize {
  const rows = load<i32>(operand, 4);
  const row = rows == 1 ? 0 : y % rows;
  return load<usize>(operand) + <usize>row * load<usize>(operand, 8) + <usize>x * load<usize>(operand, 12);
}

// @ts-ignore: decorator
@inline
export function columnBytes(operand: usize): usize {
  return load<usize>(operand, 12);
}

// @ts-ignore: decorator
@inline
export function channelBytes(operand: usize): usize {
  return load<usize>(operand, 16);
}
