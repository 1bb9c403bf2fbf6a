import { existsSync } from "node:fs";
import { layout, listRuns } from "@pixelcnn/runs";
import { CliError } from "../cli-error.ts";
import { didYouMean } from "../output/suggestion.ts";
import { existingRun, runsFolder } from "../paths.ts";

/** The directory of a run that is there, by its name in `runs/` or its path. @throws {CliError} when there is none. */
export async function knownRun(run: string): Promise<string> {
  const directory = existingRun(run);
  if (existsSync(layout.metrics(directory))) return directory;
  const meant = didYouMean(run, await listRuns(runsFolder()));
  throw new CliError(
    `expected a run at ${directory}, found none${meant}; runs list shows those that there are`,
  );
}
