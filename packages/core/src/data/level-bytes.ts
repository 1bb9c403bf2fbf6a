/** Levels as the bytes that files and screens have: one to the other. */

/** The level 0 ... K-1 of a byte 0 ... 255. */
export function byteToLevel(byte: number, levels: number): number {
  return (byte * levels) >> 8;
}

/**
 * The byte 0 ... 255 that shows a level 0 ... K-1: black for the lowest, white for the highest, in equal steps.
 * {@link byteToLevel} gives the level back.
 */
export function levelToByte(level: number, levels: number): number {
  return Math.ceil((level * 255) / (levels - 1));
}
