import { digestText, type Model, modelDigest, type PxcHeader } from "@pixelcnn/core";
import { CliError } from "../cli-error.ts";
import { modelNames } from "../paths.ts";
import { readModel } from "../read-model.ts";

/**
 * The model that compressed the file at `path`, among those that have names.
 *
 * @throws {CliError} when none of them did.
 */
export async function findModel(path: string, { digest }: PxcHeader): Promise<Model> {
  const asked = digestText(digest);
  for (const name of modelNames()) {
    const { model } = await readModel(name);
    if (digestText(modelDigest(model)) === asked) return model;
  }
  throw new CliError(
    `${path}: expected the model ${asked} that compressed it in models/, found none; name it by --model-file`,
  );
}
