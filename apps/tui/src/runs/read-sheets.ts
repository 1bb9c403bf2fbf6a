/** Reads sheets of samples, one after another: a training has hundreds, and the screen is to be drawn meanwhile. */
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { decodePng, splitSheet } from "@pixelcnn/pictures";
import { readRegularBytes } from "@pixelcnn/runs";
import type { NoiseHistory } from "./state.ts";

/** @param directory of the run. @returns no pictures for a sheet that cannot be read. */
export async function readSheets(
  directory: string,
  files: readonly string[],
): Promise<NoiseHistory["sheets"]> {
  const sheets: { file: string; pictures: ReturnType<typeof splitSheet> }[] = [];
  for (const file of files) {
    try {
      sheets.push({ file, pictures: splitSheet(decodePng(await readRegularBytes(join(directory, file)))) });
    } catch {
      sheets.push({ file, pictures: [] });
    }
    await setImmediate();
  }
  return sheets;
}
