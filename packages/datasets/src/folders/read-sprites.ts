/**
 * A folder's pictures as numbers of colours. One palette for all of them: that of the files where they have the same one, else every colour
 * that a pixel has, file after file in the file's own order. What cannot be seen is one colour, the first of its kind.
 *
 * Between two colours lies none, so nothing is scaled: smaller pictures are put in the middle of what is transparent.
 */
import { isDeepStrictEqual } from "node:util";
import {
  colourKey,
  colourText,
  levelsByColour,
  MOST_COLOURS,
  type Palette,
  type PaletteColour,
} from "@pixelcnn/core";
import type { OnDatasetEvent } from "../dataset-event.ts";
import { DatasetsError } from "../datasets-error.ts";
import { type ColouredPicture, colourAt, colourOf, readColours } from "../files/read-colours.ts";
import { largestSize, type PictureSize } from "../picture-size.ts";

/** Pictures of one size. */
export interface Sprites extends PictureSize {
  readonly palette: Palette;
  /** [N, H, W], numbers of the palette's colours. */
  readonly pixels: Uint8Array;
  /** How many of them were smaller. */
  readonly padded: number;
}

/** How they are read. */
export interface SpriteOptions {
  /** Of every picture; that of the largest when left out. */
  readonly size?: PictureSize;
  /** What shows through what is not opaque, and around smaller pictures: a name or #rrggbb. Left out, nothing does. */
  readonly background?: string;
  /** The only colours that there may be; those that there are when left out. */
  readonly palette?: Palette;
  readonly onEvent?: OnDatasetEvent;
}

const TRANSPARENT: PaletteColour = [0, 0, 0, 0];
/** Colours that are counted before it is told that there are more. */
const MOST_COUNTED = 65_536;
const ADVICE = "or read them in colour: --palette no";

/**
 * @param files in the order of the pictures.
 * @throws {DatasetsError} for a picture that is larger than asked, has a colour that may not be, or one too many together with the others.
 */
export async function readSprites(
  files: readonly { readonly path: string }[],
  { size, background, palette, onEvent = () => {} }: SpriteOptions,
): Promise<Sprites> {
  const behind = background === undefined ? null : colourOf(background);
  const pictures: ColouredPicture[] = [];
  try {
    for (const [i, { path }] of files.entries()) {
      pictures.push(await readColours(path, path, background));
      onEvent({ type: "reading", pictures: i + 1, totalPictures: files.length });
    }
  } finally {
    onEvent({ type: "ended" });
  }
  const { height, width } = size ?? largestSize(pictures);
  const large = pictures.findIndex((picture) => picture.height > height || picture.width > width);
  if (large >= 0) {
    const { width: w, height: h } = pictures[large]!;
    throw new DatasetsError(
      `${files[large]!.path}: expected at most ${width}×${height} pixels, got ${w}×${h}, and colours by number cannot be scaled; choose a larger --size, ${ADVICE}`,
    );
  }
  const padded = pictures.filter((picture) => picture.height < height || picture.width < width).length;
  const edge = padded === 0 ? null : behind === null ? TRANSPARENT : ([...behind, 255] as const);
  const colours = palette ?? unionOf(pictures, edge);
  const levelOf = levelFinder(colours);
  const edgeLevel = edge === null ? 0 : levelOf(edge);
  if (edgeLevel === undefined) {
    throw new DatasetsError(
      `expected pictures of ${width}×${height}, for the model has no transparent colour to put around smaller ones, got ${padded} smaller; pad them`,
    );
  }
  const pixels = new Uint8Array(pictures.length * height * width).fill(edgeLevel);
  pictures.forEach((picture, i) => {
    const top = Math.floor((height - picture.height) / 2);
    const left = Math.floor((width - picture.width) / 2);
    for (let at = 0; at < picture.height * picture.width; at++) {
      const colour = colourAt(picture, at);
      const level = levelOf(colour);
      if (level === undefined) {
        throw new DatasetsError(
          `${files[i]!.path}: expected the ${colours.length} colours of the model, got ${colourText(colour)}; take its colours`,
        );
      }
      const [y, x] = [top + Math.floor(at / picture.width), left + (at % picture.width)];
      pixels[(i * height + y) * width + x] = level;
    }
  });
  return { height, width, palette: colours, pixels, padded };
}

/** Every colour once. @throws {DatasetsError} with their number when there are too many, or one alone. */
function unionOf(pictures: readonly ColouredPicture[], edge: PaletteColour | null): Palette {
  const shared = sharedPalette(pictures);
  const found = new Map<number, PaletteColour>();
  const add = (colour: PaletteColour) => {
    if (!found.has(sightKey(colour))) found.set(sightKey(colour), colour);
  };
  for (const colour of shared ?? []) add(colour);
  for (const together of shared === null ? ofOneTable(pictures) : []) {
    if (found.size > MOST_COUNTED) break;
    const own = new Map<number, PaletteColour>();
    for (const picture of together) {
      for (let at = 0; at < picture.height * picture.width; at++) {
        const colour = colourAt(picture, at);
        own.set(sightKey(colour), colour);
      }
    }
    for (const colour of together[0]!.palette ?? []) if (own.has(sightKey(colour))) add(colour);
    for (const colour of own.values()) add(colour);
  }
  if (edge !== null) add(edge);
  if (found.size < 2 || found.size > MOST_COLOURS) {
    const many = found.size > MOST_COUNTED ? "more than " : "";
    throw new DatasetsError(
      `expected pictures of 2 to ${MOST_COLOURS} colours together, got ${many}${Math.min(found.size, MOST_COUNTED).toLocaleString("en")}; reduce them to one palette, ${ADVICE}`,
    );
  }
  return [...found.values()];
}

/** All of them together where they have one table, filled up with colours that are there before as that of a GIF is; else each by itself. */
function ofOneTable(pictures: readonly ColouredPicture[]): readonly (readonly ColouredPicture[])[] {
  const { palette } = pictures[0]!;
  const isOne = palette !== null && pictures.every((picture) => isDeepStrictEqual(picture.palette, palette));
  return isOne ? [pictures] : pictures.map((picture) => [picture]);
}

/** The palette of all files, where they have one and the same, of colours that are all different. */
function sharedPalette(pictures: readonly ColouredPicture[]): Palette | null {
  const { palette } = pictures[0]!;
  if (palette === null || new Set(palette.map(sightKey)).size < palette.length) return null;
  return pictures.every((picture) => isDeepStrictEqual(picture.palette, palette)) ? palette : null;
}

/** The same for all colours that cannot be seen. */
function sightKey(colour: PaletteColour): number {
  return colour[3] === 0 ? colourKey(TRANSPARENT) : colourKey(colour);
}

/** By colour; what cannot be seen is the first such colour. */
function levelFinder(palette: Palette): (colour: PaletteColour) => number | undefined {
  const levels = levelsByColour(palette);
  const unseen = palette.findIndex(([, , , alpha]) => alpha === 0);
  return (colour) => levels.get(colourKey(colour)) ?? (colour[3] === 0 && unseen >= 0 ? unseen : undefined);
}
