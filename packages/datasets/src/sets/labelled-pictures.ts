import type { NpyArray, Pictures } from "@pixelcnn/core/data";
import { DatasetsError } from "../datasets-error.ts";

/** Most classes: a label is a byte. */
const MOST_CLASSES = 256;

/**
 * The pictures of an array, sorted by their labels where there are some: of classes in turn, evenly spaced pictures would be of one alone.
 *
 * @throws {DatasetsError} when there is not a label a picture.
 */
export function labelledPictures(
  { shape, values }: NpyArray,
  labels: NpyArray | undefined,
  path: string,
): Pictures {
  const count = shape[0] ?? 0;
  if (labels === undefined) return { pixels: values, labels: new Uint8Array(count) };
  const strange = labels.values.find((label) => label >= MOST_CLASSES);
  if (labels.shape.length !== 1 || labels.shape[0] !== count || strange !== undefined) {
    throw new DatasetsError(
      `${path}: expected labels [${count}] below ${MOST_CLASSES}, a picture each, got ${strange ?? `[${labels.shape}]`}; save them by np.savez(file, pictures=…, labels=…)`,
    );
  }
  const order = Array.from({ length: count }, (_, i) => i).sort(
    (a, b) => labels.values[a]! - labels.values[b]!,
  );
  const size = count === 0 ? 0 : values.length / count;
  const pixels = values.slice();
  for (const [i, from] of order.entries())
    pixels.set(values.subarray(from * size, (from + 1) * size), i * size);
  return { pixels, labels: Uint8Array.from(order, (i) => labels.values[i]!) };
}

/** Names of the classes of labels: the numbers themselves. */
export function labelNames(labels: NpyArray | undefined): string[] {
  let highest = -1;
  for (const label of labels?.values ?? []) highest = Math.max(highest, label);
  return Array.from({ length: highest + 1 }, (_, i) => String(i));
}
