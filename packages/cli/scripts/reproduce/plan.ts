/** The commands that make a shipped model again, with the folders in which its runs will lie. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { countWeights, type ModelFile } from "@pixelcnn/core";
import { CliError } from "../../src/cli-error.ts";
import { readModel } from "../../src/read-model.ts";
import { flagOf } from "../../src/settings/flags.ts";
import { type Measurement, modelFileIn, readResults, shippedModels } from "../results/record.ts";
import { doubtsOf } from "./expectation.ts";
import { type Command, checkWhole, type Stage, stagesOf } from "./stages.ts";
import { lengthFlags, without } from "./words.ts";

export interface Training {
  readonly run: string;
  /** With the names of runs; words after `pixelcnn`. */
  readonly commands: readonly Command[];
  /** The same for a look at what it takes: its whole length at once, and the shipped model where one of these runs' will be. */
  readonly trial: readonly string[];
  readonly stage: Stage;
}

export interface Plan {
  readonly model: string;
  readonly shipped: string;
  readonly file: ModelFile;
  readonly weights: number;
  readonly measured: Measurement;
  readonly trainings: readonly Training[];
  readonly doubts: readonly string[];
  /** What the card says that it took; null where it says nothing. */
  readonly took: string | null;
}

/**
 * @param out the folder of the runs.
 * @throws {CliError} for a name that is none, one that was not measured, and a history without a beginning.
 */
export async function planFor(root: string, model: string, out: string): Promise<Plan> {
  const names = await shippedModels(root);
  if (!names.includes(model)) throw new CliError(`expected one of ${names.join(", ")}, got ${model}`);
  const shipped = modelFileIn(root, model);
  const file = await readModel(shipped);
  const measured = (await readResults(root))[model];
  if (measured === undefined)
    throw new CliError(
      `${model}: expected a measurement in models/results.json, found none; run: pnpm results ${model}`,
    );
  const making = await stagesOf(file.provenance, root);
  checkWhole(model, making);
  return {
    ...{ model, shipped, file, measured },
    weights: countWeights(file.model.network),
    trainings: making.stages.map((stage, i) => trainingOf(stage, { i, out, shipped })),
    doubts: doubtsOf(making),
    took: await rowOf(join(root, "models", `${model}.md`), "hardware and time"),
  };
}

function trainingOf(
  stage: Stage,
  { i, out, shipped }: { readonly i: number; readonly out: string; readonly shipped: string },
): Training {
  const folder = (of: number) => join(out, String(of + 1));
  const run = folder(i);
  const [first, ...later] = stage.commands;
  const from = (path: string) => (stage.begins === null ? [] : [stage.begins, path]);
  const { epochs, steps, minutes } = stage.settings;
  const length = Object.entries({ epochs, steps, minutes }).flatMap(([key, value]) =>
    value === undefined || later.length === 0 ? [] : [flagOf(key), String(value)],
  );
  return {
    run,
    commands: [
      {
        ...first!,
        words: [
          ...first!.words,
          ...from(i === 0 ? "" : join(folder(i - 1), "best.safetensors")),
          "--run",
          run,
        ],
      },
      ...later.map(({ words: [train, ...words], stopAfter }) => ({
        words: [train!, "--resume", run, ...words],
        stopAfter,
      })),
    ],
    trial: [
      ...(length.length === 0 ? first!.words : without(first!.words, lengthFlags)),
      ...from(shipped),
      ...length,
      "--dry-run",
    ],
    stage,
  };
}

/** A row of a card's table. */
async function rowOf(card: string, head: string): Promise<string | null> {
  const text = await readFile(card, "utf8").catch(() => "");
  return new RegExp(`^\\| ${head} +\\| (.*) \\|$`, "m").exec(text)?.[1] ?? null;
}
