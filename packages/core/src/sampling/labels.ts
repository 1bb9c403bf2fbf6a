import { OptionError } from "../errors.ts";
import type { Network } from "../network/graph.ts";

/**
 * A class label per picture; null for a network without classes.
 *
 * @param label one for all pictures, or one per picture.
 * @throws {OptionError} unless labels are given exactly when the network has classes, one per picture, all within them.
 */
export function labelsOf(
  network: Network,
  label: number | readonly number[] | undefined,
  count: number,
): Int32Array | null {
  if (network.classes === 0) {
    if (label !== undefined)
      throw new OptionError(`expected no class label: the model has no classes, got ${label}`);
    return null;
  }
  const labels = typeof label === "number" ? new Array<number>(count).fill(label) : (label ?? []);
  const last = network.classes - 1;
  const isList = Array.isArray(labels) || ArrayBuffer.isView(labels);
  const valid = isList && labels.every((value) => Number.isInteger(value) && value >= 0 && value <= last);
  if (labels.length !== count || !valid) {
    throw new OptionError(
      `expected a class label from 0 to ${last} (one, or one per picture), got ${label ?? "none"}`,
    );
  }
  return Int32Array.from(labels);
}
