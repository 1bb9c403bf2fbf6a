/** What `compress` was given, read: pictures of one size, as they are. */
import type { LevelArray } from "@pixelcnn/core";
import { CliError } from "../cli-error.ts";

/** Pictures of one size. */
export interface Input {
  readonly count: number;
  readonly height: number;
  readonly width: number;
  readonly channels: 1 | 3;
  /** [count, H, W, C] */
  readonly values: LevelArray;
  /** [count, H, W]; null where every pixel is opaque. */
  readonly alpha: LevelArray | null;
  /** Levels that are stored; null for an array, whose numbers are levels themselves. */
  readonly stored: 256 | 65_536 | null;
  /** Class labels, one per picture; null where nothing tells them, or nobody asked. */
  readonly labels: readonly number[] | null;
  /** What messages call each picture; of an array, all of them. */
  readonly names: readonly string[];
}

/** What a byte is multiplied by to be 16 bits: 255 becomes 65,535. */
export const WIDENED = 257;

/** Most values of all pictures together, as a `.pxc` file has them. */
const MOST_VALUES = 2 ** 28;

/** @throws {CliError} when there are more values than a file holds. */
export function checkValues(values: number, name: string): void {
  if (values <= MOST_VALUES) return;
  throw new CliError(
    `${name}: expected at most ${MOST_VALUES} values together, got ${values}; make several files`,
  );
}
