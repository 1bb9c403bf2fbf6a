/** Where a run can go on: its newest checkpoint that can be read whole. */
import { listCheckpoints } from "@pixelcnn/runs";
import { CliError } from "../cli-error.ts";
import { type Checkpoint, readCheckpoint } from "./checkpoint-file.ts";

export interface NewestWhole {
  /** Null when none is whole. */
  readonly whole: { readonly path: string; readonly checkpoint: Checkpoint } | null;
  /** Newer ones that are damaged, newest first. */
  readonly broken: readonly { readonly path: string; readonly why: string }[];
}

/** @throws {Error} of the file system when a checkpoint cannot be read at all. */
export async function newestWhole(directory: string): Promise<NewestWhole> {
  const broken: { path: string; why: string }[] = [];
  for (const path of (await listCheckpoints(directory)).reverse()) {
    try {
      return { whole: { path, checkpoint: await readCheckpoint(path) }, broken };
    } catch (error) {
      if (!(error instanceof CliError)) throw error;
      broken.push({ path, why: error.message });
    }
  }
  return { whole: null, broken };
}
