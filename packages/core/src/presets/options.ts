/** What every model preset is built from. */

import { OptionError } from "../errors.ts";
import type { Network } from "../network/graph.ts";
import type { PictureShape } from "../picture.ts";

/** Options that every preset takes. */
export interface PresetOptions {
  readonly picture: PictureShape;
  /** What the logits mean; by default a Bernoulli for two levels and categories for more. */
  readonly likelihood?: NonNullable<Network["likelihood"]>;
  /** Number of class labels, 0 for none. */
  readonly classes?: number;
  /** F, channels of the hidden layers; at least one for each picture channel. */
  readonly channels?: number;
  /** Convolution layers (naive), layers out and back (PixelCNN++) or residual blocks (the others). */
  readonly layers?: number;
  /** Dropout rate of hidden activations in training. */
  readonly dropout?: number;
  /**
   * E, numbers of a learned table that the first layer reads of each value in place of the value itself: for levels without an order, such as colours of
   * a palette or codes. None by default.
   */
  readonly embedding?: number;
  /** Reads the picture through hinges (network/hinge-features.ts) instead of as one number a value; false by default. */
  readonly hinges?: boolean;
}

/** @throws {OptionError} when `value` is not a whole number from `least` to `most`. */
export function checkWhole(name: string, value: number, least: number, most: number): void {
  if (!Number.isInteger(value) || value < least || value > most) {
    throw new OptionError(
      `expected ${name} to be a whole number from ${least} to ${most}, got ${value}; change it`,
    );
  }
}

/** @throws {OptionError} when `value` is not an odd number from `least` to `most`. */
export function checkOdd(name: string, value: number, least: number, most: number): void {
  if (Number.isInteger(value) && value % 2 === 1 && value >= least && value <= most) return;
  throw new OptionError(
    `expected ${name} to be an odd number from ${least} to ${most}, got ${value}; change it`,
  );
}

/** @throws {OptionError} when they are not 1 to 256 whole numbers from 1 to 64. */
export function checkDilations(dilations: readonly number[]): void {
  checkWhole("the number of dilations", dilations.length, 1, 256);
  for (const dilation of dilations) checkWhole("a dilation", dilation, 1, 64);
}

/** Every picture channel needs a hidden channel of its own: without one, G's logits would not see R of their own pixel. */
export function checkPresetOptions(picture: PictureShape, channels: number, layers: number): void {
  checkWhole("channels", channels, picture.channels, 4096);
  checkWhole("layers", layers, 1, 256);
}
