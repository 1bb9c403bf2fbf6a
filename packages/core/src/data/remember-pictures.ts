import { checkRead, type Split } from "./dataset.ts";

/**
 * The same pictures, each asked for once: for a split that draws them, when they are read many times. Holds a byte a value.
 *
 * @param size values of a picture, H·W·C.
 */
export function rememberPictures({ length, read }: Split, size: number): Split {
  const pictures = new Uint8Array(length * size);
  const labels = new Map<number, number>();
  return {
    length,
    read(index, target, offset) {
      checkRead(index, length, target, offset, size);
      const label = labels.get(index) ?? read(index, pictures, index * size);
      labels.set(index, label);
      target.set(pictures.subarray(index * size, (index + 1) * size), offset);
      return label;
    },
  };
}
