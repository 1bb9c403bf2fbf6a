import { readFile, stat } from "node:fs/promises";
import { decodeModelFile, type ModelFile, PixelCnnError } from "@pixelcnn/core";
import { CliError } from "./cli-error.ts";
import { didYouMean } from "./output/suggestion.ts";
import { modelNames, modelPath } from "./paths.ts";

/** Longest model file that is read: 256 million weights. */
const MAX_BYTES = 2 ** 30;

/** @throws {CliError} naming the file when it is missing, damaged or no model file. */
export async function readModel(name: string): Promise<ModelFile> {
  const path = modelPath(name);
  const there = await stat(path).catch(() => null);
  if (!there?.isFile()) {
    const known = modelNames();
    const others = known.length === 0 ? "another" : `another: ${known.join(", ")}${didYouMean(name, known)}`;
    const found = there?.isDirectory() ? "a folder without one" : "none";
    throw new CliError(`expected a model file at ${path}, found ${found}; train one, or name ${others}`);
  }
  if (there.size > MAX_BYTES)
    throw new CliError(`${path}: expected at most ${MAX_BYTES} bytes, got ${there.size}`);
  try {
    return decodeModelFile(await readFile(path));
  } catch (error) {
    if (!(error instanceof PixelCnnError)) throw error;
    throw new CliError(`${path}: ${error.message}`, { cause: error });
  }
}
