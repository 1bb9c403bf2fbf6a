/** A network with its weights: everything that a reader needs. */
import { ShapeError } from "../errors.ts";
import type { Network } from "./graph.ts";
import { parametersOf, size } from "./parameters.ts";

/** A network and its weights, which {@link defineModel} puts together. */
export interface Model {
  readonly network: Network;
  /** Every parameter of the network by name, flattened in row-major order. */
  readonly weights: ReadonlyMap<string, Float32Array>;
}

/**
 * Puts a (defined) network and its weights together. Weights that a mask forbids must be 0, so that no reader has to
 * multiply by the mask.
 *
 * @throws {ShapeError} when a parameter is missing, unknown, of the wrong size, not finite, or not 0 where a mask
 * forbids it.
 */
export function defineModel(network: Network, weights: ReadonlyMap<string, Float32Array>): Model {
  const parameters = parametersOf(network);
  for (const { name, shape, role, allowed } of parameters) {
    const values = weights.get(name);
    if (values?.length !== size(shape)) {
      throw new ShapeError(
        `parameter "${name}": expected ${size(shape)} numbers [${shape}], got ${values?.length ?? "none"}`,
      );
    }
    if (!values.every(Number.isFinite)) {
      throw new ShapeError(`parameter "${name}": expected finite numbers, got NaN or infinity`);
    }
    if (role === "variance" && values.some((value) => value < 0)) {
      throw new ShapeError(`parameter "${name}": expected variances of at least 0, got a negative one`);
    }
    // After the length: a mask is as large as its weights, and a graph alone may ask for more than there is memory.
    const mask = allowed?.() ?? null;
    if (mask === null) continue;
    const forbidden = values.findIndex((value, i) => value !== 0 && mask[i] === 0);
    if (forbidden >= 0) {
      throw new ShapeError(
        `parameter "${name}": expected 0 where the taps' pairs forbid a weight, got ${values[forbidden]} at ${forbidden}`,
      );
    }
  }
  if (weights.size !== parameters.length) {
    const known = new Set(parameters.map(({ name }) => name));
    const unknown = [...weights.keys()].find((name) => !known.has(name));
    throw new ShapeError(
      `expected the ${parameters.length} parameters of the network, got also "${unknown}"`,
    );
  }
  return { network, weights };
}
