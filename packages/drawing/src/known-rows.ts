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
import { knownArray } from "./known-array.ts";

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
 * model was trained with: one picture gives one start). A model of a palette gets the nearest pixels, each in the nearest of its colours; an array of NumPy
 * has the model's levels already, and is all that a model of codes takes.
 *
 * @param path of its file.
 * @throws {DrawingError} when the model has fewer rows, {DatasetsError} when the picture cannot be read.
 */
export async function knownRows(
  path: string,
  rows: number,
  { picture }: Network,
  { levels }: Preparation,
  options: KnownRowsOptions = {},
): Promise<NonNullable<SampleOptions["known"]>> {
  const { background, name = path, tell } = options;
  const { height, width, channels } = picture;
  if (rows > height)
    throw new DrawingError(`--rows: expected at most ${height}, the model's height, got ${rows}`);
  if (/\.npy$/i.test(path)) return knownArray(path, rows, picture, name);
  if (picture.unordered) {
    throw new DrawingError(
      `${name}: expected an array of codes (.npy) for a model of codes, got a picture, whose light is none; name such a file`,
    );
  }
  if (picture.palette) {
    const shape = { ...picture, palette: picture.palette };
    return knownColours(path, rows, shape, { ...options, name });
  }
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

/** One that is smaller is put in the middle of what is transparent or of the background, as a folder's are; of a larger one, the middle that has the model's proportions. */
async function knownColours(
  path: string,
  rows: number,
  { height, width, palette }: { readonly height: number; readonly width: number; readonly palette: Palette },
  { name = path, tell, background }: KnownRowsOptions,
): Promise<NonNullable<SampleOptions["known"]>> {
  const { colourAt, colourOf, readColours } = await import("@pixelcnn/datasets/files");
  const source = await readColours(path, name, background);
  const isSmaller = source.width <= width && source.height <= height;
  const scale = isSmaller ? 1 : Math.min(source.width / width, source.height / height);
  const [left, top] = [(source.width - width * scale) / 2, (source.height - height * scale) / 2].map(
    (offset) => (isSmaller ? Math.ceil(offset) : offset),
  ) as [number, number];
  const around: PaletteColour = background === undefined ? [0, 0, 0, 0] : [...colourOf(background), 255];
  const own = levelsByColour(palette);
  const levels = new Uint8Array(height * width);
  let strange = 0;
  for (let i = 0; i < levels.length; i++) {
    const x = Math.floor(left + ((i % width) + 0.5) * scale);
    const y = Math.floor(top + (Math.floor(i / width) + 0.5) * scale);
    const isInside = x >= 0 && x < source.width && y >= 0 && y < source.height;
    const colour = isInside ? colourAt(source, y * source.width + x) : around;
    const level = own.get(colourKey(colour));
    if (level === undefined && i < rows * width) strange += 1;
    levels[i] = level ?? nearestLevel(palette, colour);
  }
  const isOther = source.width !== width || source.height !== height;
  const changed = isSmaller ? "put in the middle of" : "scaled and cut to";
  const changes = [
    ...(isOther ? [`${source.width}×${source.height} ${changed} the model's ${width}×${height}`] : []),
    ...(strange > 0 ? [`${strange} pixels took the nearest of the model's ${palette.length} colours`] : []),
  ];
  if (changes.length > 0) tell?.(`${name}: ${changes.join("; ")}`);
  return { levels, mask: new Uint8Array(levels.length).fill(1, 0, rows * width) };
}
