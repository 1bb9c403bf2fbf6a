/** Real pictures that stand beside a model's on its card, out of the sheet that `pnpm sheets` made: the first of each class, or of the test set. */
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { decodePng, drawSheet, encodePng, splitSheet } from "@pixelcnn/pictures";
import type { RealPictures } from "../src/state/models/manifest.ts";

type Sheets = Readonly<
  Record<string, { readonly real: { readonly file: string; readonly count: number } } | undefined>
>;

/** At most, in a row; of as many classes or more, one each. */
const COUNT = 10;
/** Larger than they are shown, so that a browser makes them smaller, whatever its pixels are. */
const SCALE = 4;

/**
 * @param name the model's. @param classes those that it knows, 0 for none.
 * @returns null for a model without a sheet.
 */
export async function copyRealPictures(
  name: string,
  classes: number,
  folders: { readonly source: string; readonly target: string },
): Promise<RealPictures | null> {
  const sheets = JSON.parse(await readFile(join(folders.source, "sheets.json"), "utf8")) as Sheets;
  const real = sheets[name]?.real;
  if (real === undefined) return null;
  const sheet = splitSheet(decodePng(await readFile(join(folders.source, "../docs/images", real.file))));
  const rows = Math.max(1, classes);
  const inRow = real.count / rows;
  const taken = Math.min(inRow, Math.max(1, Math.floor(COUNT / rows)));
  const pictures = Array.from({ length: rows }, (_, row) =>
    sheet.slice(row * inRow, row * inRow + taken),
  ).flat();
  const { width, height } = pictures[0]!;
  const bytes = Uint8Array.from(pictures.flatMap(({ rgb }) => [...rgb]));
  const shape = { height, width, channels: 3, levels: 256 };
  const strip = drawSheet(bytes, shape, { columns: pictures.length, scale: SCALE });
  const file = `${name}.real.png`;
  await writeFile(join(folders.target, file), encodePng(strip));
  const each = taken === 1 ? "" : `${taken} `;
  const which =
    classes === 0 ? `the first ${taken} of the test set` : `the first ${each}of each class in the test set`;
  return { file, width: strip.width, height: strip.height, which };
}
