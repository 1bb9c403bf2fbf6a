import { readdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { layout } from "./layout.ts";

/** Paths of a run's checkpoints, oldest first. */
export async function listCheckpoints(directory: string): Promise<string[]> {
  const folder = layout.checkpoints(directory);
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw error;
  });
  return names
    .filter((name) => /^step-\d+\.safetensors$/.test(name))
    .map((name) => join(folder, name))
    .sort((a, b) => stepOfCheckpoint(a) - stepOfCheckpoint(b)); // names are padded to eight digits, and steps may have more
}

/** The step of a checkpoint, by its path. */
export function stepOfCheckpoint(path: string): number {
  return Number(/^step-(\d+)\.safetensors$/.exec(basename(path))?.[1]);
}
