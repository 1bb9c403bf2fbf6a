/** Pictures of a data set for a sheet. */
import type { Dataset, Split } from "@pixelcnn/core/data";

/** Rows of pictures, one class a row. */
export interface PickedRow {
  /** The class, null for a set without classes. */
  readonly label: number | null;
  /** Indices in the split. */
  readonly indices: readonly number[];
}

/**
 * Pictures from all over the split: `columns` of each of the first `rows` classes or, without classes, rows of any. A class
 * with fewer pictures has a shorter row.
 */
export function pickByClass(dataset: Dataset, split: Split, columns: number, rows?: number): PickedRow[] {
  if (dataset.classes === 0) {
    const wanted = Math.min(split.length, columns * (rows ?? 10));
    const indices = spread(split.length, wanted);
    return Array.from({ length: Math.ceil(wanted / columns) }, (_, row) => ({
      label: null,
      indices: indices.slice(row * columns, (row + 1) * columns),
    }));
  }
  const byClass = Array.from(
    { length: Math.min(rows ?? dataset.classes, dataset.classes) },
    () => [] as number[],
  );
  const picture = new Uint8Array(dataset.height * dataset.width * dataset.channels);
  for (let index = 0; index < split.length; index++) byClass[split.read(index, picture, 0)]?.push(index);
  return byClass.map((indices, label) => ({
    label,
    indices: spread(indices.length, Math.min(columns, indices.length)).map((i) => indices[i]!),
  }));
}

/** `count` of 0 ... length - 1, evenly spaced. */
function spread(length: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => Math.floor((i * length) / count));
}
