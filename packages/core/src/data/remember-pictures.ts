import { levelArray } from "../picture.ts";
import { checkRead, type Split } from "./dataset.ts";

const UNREAD = -1;

/**
 * The same pictures, each asked for once: for a split that draws or unpacks them, when they are read many times.
 * Holds a byte per value, two where it has 16 bits.
 *
 * @param size values of a picture, H·W·C.
 * @param levels that are stored.
 */
export function rememberPictures({ length, read }: Split, size: number, levels: number): Split {
  const pictures = levelArray(levels, length * size);
  const labels = new Int32Array(length).fill(UNREAD);
  return {
    length,
    read(index, target, offset) {
      checkRead(index, length, target, offset, size);
      if (labels[index] === UNREAD) labels[index] = read(index, pictures, index * size);
      target.set(pictures.subarray(index * size, (index + 1) * size), offset);
      return labels[index]!;
    },
  };
}
