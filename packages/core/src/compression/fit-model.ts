/**
 * A model for pictures of another size than its own. Where each pixel is computed from a window of the picture itself, the graph says the same of every
 * size: what lies outside reads 0 of the encoded input, at every border, and nothing else tells a pixel where it is.
 */
import { NetworkError } from "../errors.ts";
import { defineNetwork } from "../network/define-network.ts";
import type { Model } from "../network/model.ts";
import { windowOf } from "../network/window.ts";
import { CompressionError } from "./compression-error.ts";
import { MOST_SIDE } from "./pxc-header.ts";

/** The model itself for pictures of its size. @throws {CompressionError} when it models that size alone, or nobody models this one. */
export function fitModel(model: Model, height: number, width: number): Model {
  const { network, weights } = model;
  const { picture } = network;
  if (picture.height === height && picture.width === width) return model;
  if (Math.max(height, width) > MOST_SIDE) {
    throw new CompressionError(
      `expected pictures of at most ${MOST_SIDE} pixels a side, got ${height}×${width}; cut them`,
    );
  }
  try {
    windowOf(network);
  } catch (error) {
    if (!(error instanceof NetworkError)) throw error;
    throw new CompressionError(
      `expected pictures of ${picture.height}×${picture.width}, as the model models them, got ${height}×${width}; choose a local model, which takes any size`,
      { cause: error },
    );
  }
  return { network: defineNetwork({ ...network, picture: { ...picture, height, width } }), weights };
}
