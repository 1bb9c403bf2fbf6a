/** Runs by what somebody types: a name in `runs/`, or a path. */
import { existsSync } from "node:fs";
import { basename } from "node:path";
import { layout, listRuns } from "@pixelcnn/runs";
import { CliError } from "../cli-error.ts";
import { nearest } from "../output/suggestion.ts";
import { existingRun, runsFolder } from "../paths.ts";
import { userPath } from "../user-path.ts";

/** The directory of a run that is there, by its name in `runs/` or its path. @throws {CliError} when there is none. */
export async function knownRun(run: string): Promise<string> {
  const directory = existingRun(run);
  if (existsSync(layout.metrics(directory))) return directory;
  throw new CliError(
    `expected a run at ${directory}, found none${await didYouMeanRun(run)}; runs list shows those that there are`,
  );
}

/** " (did you mean ./first?)" for what is nearly the name of a run beside it, or nothing. */
async function didYouMeanRun(typed: string): Promise<string> {
  const path = typed.replace(/[/\\]+$/, "");
  const name = basename(path);
  const folder = path.slice(0, path.length - name.length);
  const named = folder === "" ? await listRuns(runsFolder()) : [];
  const meant = nearest(name, [...named, ...(await listRuns(userPath(folder === "" ? "." : folder)))]);
  return meant === null ? "" : ` (did you mean ${folder}${meant}?)`;
}
