import { levelArray, type Network, type PxcPictures } from "@pixelcnn/core";
import { exactLevels } from "@pixelcnn/core/data";
import { CliError } from "../cli-error.ts";
import { type Input, WIDENED } from "./input.ts";
import { named } from "./naming.ts";

/**
 * Pictures as levels of a model. For one of more than 256 levels bytes are widened to 16 bits, and come back as such.
 *
 * @throws {CliError} naming the picture when the model has no colour and it has, or when it would lose some of its levels.
 */
export function picturesForModel(given: Input, { picture }: Network): PxcPictures {
  const input = picture.levels > 256 && given.stored === 256 ? widened(given) : given;
  const { height, width, alpha, stored, names } = input;
  const { palette } = picture;
  if (palette && stored !== null) {
    return { height, width, alpha, levels: input.values, stored: "colours", palette };
  }
  if (input.channels > picture.channels) {
    throw new CliError(
      `${names[0]}: expected pictures without colour, as the model's are, got colour; choose a model of three channels`,
    );
  }
  const repeat = picture.channels / input.channels;
  const values =
    repeat === 1
      ? input.values
      : levelArray(stored ?? picture.levels, input.values.length * repeat).map(
          (_, i) => input.values[Math.floor(i / repeat)]!,
        );
  if (stored === null) {
    return { height, width, alpha, levels: arrayLevels(values, picture.levels, names[0]!), stored: "levels" };
  }
  const levels = levelArray(picture.levels, values.length);
  const size = values.length / input.count;
  for (const [i, name] of names.entries()) {
    try {
      levels.set(exactLevels(values.subarray(i * size, (i + 1) * size), picture.levels, stored), i * size);
    } catch (error) {
      throw named(name, error);
    }
  }
  return { height, width, alpha, levels, stored: stored === 256 ? "bytes" : "words" };
}

function widened(input: Input): Input {
  const widen = (bytes: Input["values"]) => Uint16Array.from(bytes, (byte) => byte * WIDENED);
  const { values, alpha } = input;
  return { ...input, stored: 65_536, values: widen(values), alpha: alpha && widen(alpha) };
}

/** An array's numbers, in the room that the model's levels take. */
function arrayLevels(values: Input["values"], levels: number, name: string): Input["values"] {
  const strange = values.find((value) => value >= levels);
  if (strange !== undefined) {
    throw new CliError(
      `${name}: expected numbers from 0 to ${levels - 1}, the model's levels, got ${strange}; choose a model with more levels`,
    );
  }
  return levels > 256 ? Uint16Array.from(values) : Uint8Array.from(values);
}
