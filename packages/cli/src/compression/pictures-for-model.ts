import type { Network, PxcPictures } from "@pixelcnn/core";
import { exactLevels } from "@pixelcnn/core/data";
import { CliError } from "../cli-error.ts";
import type { Input } from "./read-input.ts";

/**
 * Pictures as levels of a model.
 *
 * @throws {CliError} when the model has no colour and they have; {DataError} when it would lose some of their levels.
 */
export function picturesForModel(input: Input, { picture }: Network): PxcPictures {
  const { height, width, alpha, stored } = input;
  const { palette } = picture;
  if (palette && stored !== null) {
    return { height, width, alpha, levels: input.values, stored: "colours", palette };
  }
  if (input.channels > picture.channels) {
    throw new CliError(
      "expected pictures without colour, as the model's are, got colour; choose a model of three channels",
    );
  }
  const repeat = picture.channels / input.channels;
  const values =
    repeat === 1
      ? input.values
      : input.values.constructor === Uint8Array
        ? Uint8Array.from(
            { length: input.values.length * repeat },
            (_, i) => input.values[Math.floor(i / repeat)]!,
          )
        : Uint16Array.from(
            { length: input.values.length * repeat },
            (_, i) => input.values[Math.floor(i / repeat)]!,
          );
  if (stored === null)
    return { height, width, alpha, levels: arrayLevels(values, picture.levels), stored: "levels" };
  const levels = exactLevels(values, picture.levels, stored);
  return { height, width, alpha, levels, stored: stored === 256 ? "bytes" : "words" };
}

/** An array's numbers, in the room that the model's levels take. */
function arrayLevels(values: Input["values"], levels: number): Input["values"] {
  const strange = values.find((value) => value >= levels);
  if (strange !== undefined) {
    throw new CliError(
      `expected numbers from 0 to ${levels - 1}, the model's levels, got ${strange}; choose a model with more levels`,
    );
  }
  return levels > 256 ? Uint16Array.from(values) : Uint8Array.from(values);
}
