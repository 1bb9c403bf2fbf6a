/** Pictures of an array file: one array, or an archive in which `pictures` and perhaps `labels` lie, as `generate` writes it. */
import { type NpyArray, parseNpy } from "@pixelcnn/core/data";
import { anyFile, npzArrays, readPlain } from "@pixelcnn/datasets/files";
import { CliError } from "../cli-error.ts";
import { checkValues, type Input } from "./input.ts";

/**
 * @param channels of the model, by which the sides of an array are told from each other.
 * @param classes of the model, of which labels are; 0 where nobody asks for labels.
 * @throws {CliError} for an array of another shape, or labels that are none; {DataError}, {DatasetsError} for damaged files, or very
 * long ones.
 */
export async function readArray(path: string, channels: number, classes: number): Promise<Input> {
  const bytes = await readPlain(path, anyFile);
  if (/\.npy$/i.test(path)) return picturesOf(parseNpy(bytes, path), path, channels);
  const arrays = npzArrays(bytes, path, anyFile);
  const pictures = arrays.get("pictures") ?? (arrays.size === 1 ? [...arrays.values()][0] : undefined);
  if (pictures === undefined) {
    throw new CliError(
      `${path}: expected arrays called pictures and labels, got ${[...arrays.keys()].join(", ") || "none"}; save them by these names`,
    );
  }
  const input = picturesOf(pictures, path, channels);
  const labels = classes > 0 ? arrays.get("labels") : undefined;
  return labels === undefined ? input : { ...input, labels: labelsOf(labels, path, input.count, classes) };
}

function picturesOf({ shape, values }: NpyArray, path: string, channels: number): Input {
  // [H, W] or [N, H, W] of grey, and both with a last side of the channels.
  const isColour = channels === 3;
  const hasChannels = shape.at(-1) === channels && (isColour || shape.length === 4);
  const sides = hasChannels ? shape.slice(0, -1) : shape;
  const [width = 0, height = 0, count = 1] = [...sides].reverse();
  if (values.length === 0) {
    throw new CliError(`${path}: expected pictures, got an array [${shape}] of none; put one in`);
  }
  if ((isColour && !hasChannels) || sides.length < 2 || sides.length > 3) {
    throw new CliError(
      `${path}: expected an array [N, H, W${isColour ? ", 3" : ""}] of pictures, got [${shape}]; reshape it, or choose a model of ${isColour ? "grey" : "colour"}`,
    );
  }
  checkValues(values.length, path);
  const names = new Array<string>(count).fill(path);
  return {
    ...{ count, height, width, channels: isColour ? 3 : 1, values },
    ...{ alpha: null, stored: null, labels: null, names },
  };
}

function labelsOf({ shape, values }: NpyArray, path: string, count: number, classes: number): number[] {
  const strange = values.find((label) => label >= classes);
  if (shape.length !== 1 || values.length !== count || strange !== undefined) {
    const got = strange ?? `an array [${shape}]`;
    throw new CliError(
      `${path}: expected labels from 0 to ${classes - 1}, one for each of ${count} pictures, got ${got}; mend them, or name --class`,
    );
  }
  return [...values];
}
