/** Where names of runs and models point to. */
import { existsSync, readdirSync } from "node:fs";
import { basename, isAbsolute, join, resolve } from "node:path";
import { layout } from "@pixelcnn/runs";
import { CliError } from "./cli-error.ts";
import { shown } from "./output/shown.ts";
import { packageRoot } from "./package-root.ts";
import { userPath } from "./user-path.ts";

/**
 * The directory of a new run: a bare name lies in the repository's `runs/`; anything with a slash is a path.
 *
 * @throws {CliError} for "." and "..", which would be other folders.
 */
export function runDirectory(run: string): string {
  if (!isBare(run)) return userPath(run);
  if (run === "." || run === "..") {
    throw new CliError(`--run: expected a name, or a path with a slash, got ${shown(run)}; choose a name`);
  }
  return join(runsFolder(), run);
}

/** Where runs have bare names. */
export function runsFolder(): string {
  return join(repositoryRoot(), "runs");
}

/** The directory of a run that is there: in `runs/` or, where there is none of that name, as a path. */
export function existingRun(run: string): string {
  const beside = userPath(run);
  if (run === "." || run === "..") return beside;
  const named = runDirectory(run);
  return !isRun(named) && isRun(beside) ? beside : named;
}

/**
 * A model file: the bare name of a model of `models/` or of the one that an installed package brings, the path of a file or of a run
 * directory, or the bare name of a run in `runs/`. A run stands for its newest model.
 */
export function modelPath(model: string): string {
  const bare = isBare(model);
  const places = [
    ...(bare ? modelFolders().map((folder) => join(folder, `${model}.safetensors`)) : []),
    userPath(model),
    ...(bare ? [join(runsFolder(), model)] : []),
  ];
  const found = places.find((path) => existsSync(path)) ?? userPath(model);
  return isRun(found) ? layout.model(found) : found;
}

/** A name of one segment, which is no path. */
function isBare(name: string): boolean {
  return !isAbsolute(name) && !/[/\\]/.test(name);
}

function isRun(directory: string): boolean {
  return existsSync(layout.metrics(directory));
}

/** Bare names that {@link modelPath} knows. */
export function modelNames(): string[] {
  const files = modelFolders().flatMap((folder) => (existsSync(folder) ? readdirSync(folder) : []));
  const names = files
    .filter((file) => file.endsWith(".safetensors"))
    .map((file) => basename(file, ".safetensors"));
  return [...new Set(names)].sort();
}

/** Where models have bare names. `dist/models` is what the build puts into the package: one model, small and the default. */
function modelFolders(): string[] {
  return [join(repositoryRoot(), "models"), join(packageRoot, "dist/models")];
}

/** The folder with the workspace file; where there is none (an installed package), the user's folder. */
function repositoryRoot(): string {
  const root = resolve(packageRoot, "../..");
  return existsSync(join(root, "pnpm-workspace.yaml")) ? root : userPath(".");
}
