/** Completion: the top of a picture as known pixels. */
import {
  colourKey,
  levelsByColour,
  type Network,
  nearestLevel,
  type Palette,
  type PaletteColour,
  type SampleOptions,
} from "@pixelcnn/core";
import { type Preparation, quantise } from "@pixelcnn/core/data";
import { DrawingError } from "./drawing-error.ts";

/** How the picture is read, and who is told of it. */
export interface KnownRowsOptions {
  /** What messages call the picture; its path when left out. */
  readonly name?: string;
  /** What shows through transparent parts: a name or #rrggbb. */
  readonly background?: string;
  /** Told in one line what was done to the picture to make it one of the model's pictures, if anything was. */
  readonly tell?: (line: string) => void;
}

/**
 * The top `rows` rows of a picture, scaled to the model's size, in the model's levels (two levels by a threshold, whatever the
 * model was trained with: one picture gives one start). A model of a palette gets the nearest pixels, each in the nearest of its colours.
 *
 * @param path of its file.
 * @throws {DrawingError} when the model has fewer rows, {DatasetsError} when the picture cannot be read.
 */
export async function knownRows(
  path: string,
  rows: number,
  { picture }: Network,
  { levels }: Preparation,
  { background, name = path, tell }: KnownRowsOptions = {},
): Promise<NonNullable<SampleOptions["known"]>> {
  const { height, width, channels } = picture;
  if (rows > height)
    throw new DrawingError(`--rows: expected at most ${height}, the model's height, got ${rows}`);
  if (picture.palette)
    return knownColours(path, rows, { ...picture, palette: picture.palette }, { name, tell });
  if (channels !== 1 && channels !== 3) throw new DrawingError(`expected 1 or 3 channels, got ${channels}`);
  const { BACKGROUND, decodePicture, readHeader } = await import("@pixelcnn/datasets/files");
  const bits = levels > 256 ? 16 : 8;
  const format = { height, width, channels, bits, ...(background !== undefined && { background }) } as const;
  const values = await decodePicture(path, name, format);
  const header = await readHeader(path, name);
  const changes = [
    ...(header.width === width && header.height === height
      ? []
      : [`${header.width}×${header.height} scaled and cut to the model's ${width}×${height}`]),
    ...(header.transparent && background === undefined
      ? [`transparent parts put on ${BACKGROUND} (--background chooses another colour)`]
      : []),
  ];
  const mask = new Uint8Array(values.length).fill(1, 0, rows * width * channels);
  if (changes.length > 0) tell?.(`${name}: ${changes.join("; ")}`);
  return { levels: quantise(values, levels, values, 2 ** bits), mask };
}

async function knownColours(
  path: string,
  rows: number,
  { height, width, palette }: { readonly height: number; readonly width: number; readonly palette: Palette },
  { name, tell }: { readonly name: string; readonly tell: KnownRowsOptions["tell"] },
): Promise<NonNullable<SampleOptions["known"]>> {
  const { readColours } = await import("@pixelcnn/datasets/files");
  const source = await readColours(path, name);
  const own = levelsByColour(palette);
  const levels = new Uint8Array(height * width);
  let strange = 0;
  // The middle of it that has the model's proportions, as of other pictures.
  const scale = Math.min(source.width / width, source.height / height);
  const [left, top] = [(source.width - width * scale) / 2, (source.height - height * scale) / 2];
  for (let i = 0; i < levels.length; i++) {
    const x = Math.floor(left + ((i % width) + 0.5) * scale);
    const y = Math.floor(top + (Math.floor(i / width) + 0.5) * scale);
    const at = 4 * (y * source.width + x);
    const colour = Array.from(source.rgba.subarray(at, at + 4)) as unknown as PaletteColour;
    const level = own.get(colourKey(colour));
    if (level === undefined && i < rows * width) strange += 1;
    levels[i] = level ?? nearestLevel(palette, colour);
  }
  const changes = [
    ...(source.width === width && source.height === height
      ? []
      : [`${source.width}×${source.height} scaled and cut to the model's ${width}×${height}`]),
    ...(strange > 0 ? [`${strange} pixels took the nearest of the model's ${palette.length} colours`] : []),
  ];
  if (changes.length > 0) tell?.(`${name}: ${changes.join("; ")}`);
  return { levels, mask: new Uint8Array(levels.length).fill(1, 0, rows * width) };
}
