/** Real pictures that stand beside a model's on its card, out of the sheet that `pnpm sheets` made: the first of each class, or every so many of the test set. */
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { inFrontOf, type PictureShape } from "@pixelcnn/core";
import { byteToLevel } from "@pixelcnn/core/data";
import { decodePng, drawSheet, encodePng, splitSheet } from "@pixelcnn/pictures";
import type { RealPictures } from "../src/state/models/manifest.ts";
import type { RealPicture } from "../src/state/models/test-pictures.ts";

interface RealSheet {
  readonly file: string;
  readonly count: number;
  /** How far they lie apart in the test set; absent where they are the first of each class. */
  readonly every?: number;
}

type Sheets = Readonly<Record<string, { readonly real: RealSheet } | undefined>>;

/** At most, in a row; of as many classes or more, one each. */
const COUNT = 10;
/** Larger than they are shown, so that a browser makes them smaller, whatever its pixels are. */
const SCALE = 4;

interface Copied {
  readonly row: RealPictures;
  /** The same for Inspect. */
  readonly pictures: readonly RealPicture[];
}

/**
 * @param name the model's. @param classes those that it knows, 0 for none.
 * @returns null for a model without a sheet.
 */
export async function copyRealPictures(
  name: string,
  { picture, classes }: { readonly picture: PictureShape; readonly classes: number },
  folders: { readonly source: string; readonly target: string },
): Promise<Copied | null> {
  const sheets = JSON.parse(await readFile(join(folders.source, "sheets.json"), "utf8")) as Sheets;
  const real = sheets[name]?.real;
  if (real === undefined) return null;
  const sheet = splitSheet(decodePng(await readFile(join(folders.source, "../docs/images", real.file))));
  const rows = Math.max(1, classes);
  const inRow = real.count / rows;
  const taken = Math.min(inRow, Math.max(1, Math.floor(COUNT / rows)));
  // Of a sorted set the first are all alike: those that are taken lie as far apart as the sheet allows.
  const step = classes === 0 ? Math.floor(inRow / taken) : 1;
  const places = Array.from({ length: rows * taken }, (_, i) => {
    const row = Math.floor(i / taken);
    return { label: classes === 0 ? null : row, at: row * inRow + (i % taken) * step };
  });
  const pictures = places.map(({ at }) => sheet[at]!);
  const { width, height } = pictures[0]!;
  const bytes = Uint8Array.from(pictures.flatMap(({ rgb }) => [...rgb]));
  const shape = { height, width, channels: 3, levels: 256 };
  const strip = drawSheet(bytes, shape, { columns: pictures.length, scale: SCALE });
  const file = `${name}.real.png`;
  await writeFile(join(folders.target, file), encodePng(strip));
  const each = taken === 1 ? "" : `${taken} `;
  const apart = (real.every ?? 1) * step;
  const which =
    classes === 0
      ? apart === 1
        ? `the first ${taken} of the test set`
        : `one in every ${apart.toLocaleString("en")} of the test set`
      : `the first ${each}of each class in the test set`;
  const levelOf = levelsOf(picture);
  return {
    row: { file, width: strip.width, height: strip.height, count: pictures.length, which },
    pictures: pictures.map(({ rgb }, i) => ({
      label: places[i]!.label,
      levels: Buffer.from(levelOf(rgb)).toString("base64"),
    })),
  };
}

/** The way back from colours to levels, [H, W, C]. */
function levelsOf({ channels, levels, palette }: PictureShape): (rgb: Uint8Array) => Uint8Array {
  if (palette === undefined)
    return (rgb) => rgb.filter((_, i) => i % 3 < channels).map((byte) => byteToLevel(byte, levels));
  const shown = palette.map((colour) => inFrontOf(colour, [0, 0, 0]).slice(0, 3).join());
  if (new Set(shown).size < shown.length) throw new Error("expected a palette without two equal colours");
  return (rgb) =>
    Uint8Array.from({ length: rgb.length / 3 }, (_, i) => shown.indexOf(rgb.slice(3 * i, 3 * i + 3).join()));
}
