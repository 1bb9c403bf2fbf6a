/** A file of one array or of several: `.npy`, or `.npz`, in which `train`, `test` and perhaps `validation` are the parts, or `pictures` have `labels`. */
import { basename } from "node:path";
import { excerpt } from "@pixelcnn/core";
import { type NpyArray, parseNpy } from "@pixelcnn/core/data";
import { DatasetsError } from "../datasets-error.ts";
import { npzArrays } from "../files/npz-arrays.ts";
import { readPlain } from "../files/read-file.ts";
import { anyFile } from "../files/size-limit.ts";

/** Pictures, all for training, or divided. */
export interface ArrayParts {
  readonly train: NpyArray;
  readonly validation?: NpyArray;
  readonly test?: NpyArray;
  /** Of the training pictures, where these are all. */
  readonly labels?: NpyArray;
}

/** @throws {DatasetsError} when it is no file of arrays, or of several that are no parts of one set. */
export async function readArrays(path: string): Promise<ArrayParts> {
  const bytes = await readPlain(path, anyFile);
  if (!/\.npz$/i.test(path)) return { train: parseNpy(bytes, path) };
  const arrays = npzArrays(bytes, path, anyFile);
  const [first] = arrays.values();
  if (arrays.size === 1) return { train: first! };
  const [pictures, labels] = [arrays.get("pictures"), arrays.get("labels")];
  if (arrays.size === 2 && pictures && labels) return { train: pictures, labels };
  const [train, validation, test] = ["train", "validation", "test"].map((part) => arrays.get(part));
  const known = [train, validation, test].filter((part) => part !== undefined).length;
  if (train === undefined || test === undefined || known < arrays.size) {
    throw new DatasetsError(
      `${path}: expected one array, pictures and labels, or train and test (and perhaps validation), got ${[...arrays.keys()].map(excerpt).join(", ") || "none"}; save them by these names`,
    );
  }
  return { train, test, ...(validation && { validation }) };
}

/** The file's name without its end. */
export function arrayName(path: string): string {
  return basename(path).replace(/\.np[yz]$/i, "");
}
