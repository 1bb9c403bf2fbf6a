import type { Target } from "../target.ts";
import { archiveTargets } from "./archives.ts";
import { compressionTargets } from "./compression.ts";
import { fileTargets } from "./files.ts";
import { modelFileTargets } from "./model-file.ts";
import { parserTargets } from "./parsers.ts";
import { pictureTargets } from "./pictures.ts";

/** Everything that reads bytes from strangers. @param folder for targets that read by path. */
export async function allTargets(folder: string): Promise<readonly Target[]> {
  return [
    ...parserTargets,
    ...(await archiveTargets()),
    ...modelFileTargets(),
    ...(await compressionTargets()),
    ...fileTargets(folder),
    ...(await pictureTargets()),
  ];
}
