/**
 * A model for pictures of another size than its own. Where each pixel is computed from a window of the picture itself, the graph says the same of every
 * size: what lies outside reads 0 of whatever is read, at every border, and nothing else tells a pixel where it is. Planes of rows or columns do, so a
 * model that has one keeps its own size; the plane that is 1 inside and 0 outside says no more than a border does.
 */
import { NetworkError } from "../errors.ts";
import { defineNetwork } from "../network/define-network.ts";
import type { Model } from "../network/model.ts";
import { tellsPosition } from "../network/operations/planes.ts";
import { windowOf } from "../network/window.ts";
import { CompressionError } from "./compression-error.ts";
import { MOST_PICTURE_VALUES, MOST_SIDE } from "./pxc-header.ts";

/** The model itself for pictures of its size. @throws {CompressionError} when it models that size alone, or no file holds pictures of this one. */
export function fitModel(model: Model, height: number, width: number): Model {
  const { network, weights } = model;
  const { picture } = network;
  const size = `${width}×${height}`;
  if (Math.max(height, width) > MOST_SIDE) {
    throw new CompressionError(
      `expected pictures of at most ${MOST_SIDE} pixels a side, got ${size}; cut them up`,
    );
  }
  const values = height * width * picture.channels;
  if (values > MOST_PICTURE_VALUES) {
    throw new CompressionError(
      `expected at most ${MOST_PICTURE_VALUES} values in a picture, got ${size}×${picture.channels}, which are ${values}; cut it up`,
    );
  }
  if (picture.height === height && picture.width === width) return model;
  const own = `expected pictures of ${picture.width}×${picture.height}, as the model models them, got ${size}`;
  if (tellsPosition(network)) {
    throw new CompressionError(
      `${own}; this model is told rows or columns, so choose a local model without, which takes any size`,
    );
  }
  try {
    windowOf(network);
  } catch (error) {
    if (!(error instanceof NetworkError)) throw error;
    throw new CompressionError(`${own}; choose a local model, which takes any size`, { cause: error });
  }
  return { network: defineNetwork({ ...network, picture: { ...picture, height, width } }), weights };
}
