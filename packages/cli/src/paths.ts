/** Where relative paths and run names point to. Package scripts run in their own folder; `INIT_CWD` is the user's. */
import { existsSync, readdirSync } from "node:fs";
import { basename, isAbsolute, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** Folder of the package itself. */
export const packageRoot = fileURLToPath(new URL("..", import.meta.url));

/** An argument as the user meant it: relative to where the command was typed. */
export function userPath(path: string): string {
  return resolve(process.env.INIT_CWD ?? process.cwd(), path);
}

/** A bare name lies in the repository's `runs/`; anything with a slash is a path. */
export function runDirectory(run: string): string {
  return isAbsolute(run) || /[/\\]/.test(run) ? userPath(run) : join(repositoryRoot(), "runs", run);
}

/** A model file: a path, or the bare name of a model of `models/` or of the one that an installed package brings. */
export function modelPath(model: string): string {
  if (/[/\\.]/.test(model)) return userPath(model);
  const named = modelFolders().map((folder) => join(folder, `${model}.safetensors`));
  return named.find((path) => existsSync(path)) ?? userPath(model);
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
