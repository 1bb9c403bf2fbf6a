/** Pictures side by side: levels in, bytes of one large picture out. */
import {
  checkCount,
  checkPictures,
  colourKey,
  type LevelArray,
  MOST_COLOURS,
  nearestLevel,
  type Palette,
  type PaletteColour,
  type PictureShape,
} from "@pixelcnn/core";
import { levelToByte, levelToStored } from "@pixelcnn/core/data";

/** One large picture. */
export interface Sheet {
  readonly width: number;
  readonly height: number;
  /** 1 or 3. */
  readonly channels: number;
  /** [height, width, channels] bytes: of grey or RGB, or numbers of colours. */
  readonly data: Uint8Array;
  /** The colours that the bytes of the one channel number; absent where they are amounts. The pictures' own come first. */
  readonly palette?: Palette;
}

/** A sheet of 16 bits a value. */
export interface DeepSheet extends Omit<Sheet, "data"> {
  /** [height, width, channels] */
  readonly data: Uint16Array;
}

/** Grey of the gaps, dark enough for white ink and light enough for black. */
export const GAP_BYTE = 64;
const GAP_COLOUR: PaletteColour = [GAP_BYTE, GAP_BYTE, GAP_BYTE, 255];

/** How pictures are arranged. */
export interface SheetOptions {
  readonly columns: number;
  /** Screen pixels of one picture pixel. */
  readonly scale: number;
}

/**
 * Pictures row by row with gaps between them, ready for {@link encodePng}. Those of a palette stay numbers of its colours, the gaps one more.
 *
 * @param pixels [count, H, W, C] levels; with a palette K too, which is shown as the gaps are.
 * @throws {ShapeError} when `pixels` is not whole pictures, {OptionError} for a level out of range, columns or a scale that is no whole number of at least 1.
 */
export function drawSheet(pixels: LevelArray, picture: PictureShape, options: SheetOptions): Sheet {
  const { levels, palette } = picture;
  if (palette) return drawColours(pixels, picture, palette, options);
  const bytes = Uint8Array.from({ length: levels }, (_, level) => levelToByte(level, levels));
  return arrange(pixels, picture, options, (length) => new Uint8Array(length).fill(GAP_BYTE), bytes);
}

function drawColours(
  pixels: LevelArray,
  picture: PictureShape,
  palette: Palette,
  options: SheetOptions,
): Sheet {
  const hasGap = palette.some((colour) => colourKey(colour) === colourKey(GAP_COLOUR));
  const all = hasGap || palette.length === MOST_COLOURS ? palette : [...palette, GAP_COLOUR];
  // A full palette has no room for one more: the gaps take what is most like it.
  const gap = nearestLevel(all, GAP_COLOUR);
  const numbers = Uint8Array.from({ length: palette.length + 1 }, (_, level) =>
    level < palette.length ? level : gap,
  );
  const gaps = (length: number) => new Uint8Array(length).fill(gap);
  return { ...arrange(pixels, picture, options, gaps, numbers), palette: all };
}

/** The same in 16 bits, so that no level of more than 256 is lost. @throws {ShapeError}, {OptionError} as {@link drawSheet}. */
export function drawDeepSheet(pixels: LevelArray, picture: PictureShape, options: SheetOptions): DeepSheet {
  const { levels } = picture;
  const values = Uint16Array.from({ length: levels }, (_, level) => levelToStored(level, levels, 65_536));
  return arrange(pixels, picture, options, (length) => new Uint16Array(length).fill(257 * GAP_BYTE), values);
}

/** @param shown what shows a level. */
function arrange<A extends LevelArray>(
  pixels: LevelArray,
  picture: PictureShape,
  { columns, scale }: SheetOptions,
  gaps: (length: number) => A,
  shown: A,
) {
  const { height, width, channels } = picture;
  const size = height * width * channels;
  const count = checkPictures(pixels, { ...picture, levels: shown.length });
  checkCount("columns", columns);
  checkCount("scale", scale);
  const gap = gapOf(scale);
  const { width: sheetWidth, height: sheetHeight } = sheetSize(picture, count, { columns, scale });
  const data = gaps(sheetWidth * sheetHeight * channels);
  for (let i = 0; i < count; i++) {
    const left = gap + (i % columns) * (width * scale + gap);
    const top = gap + Math.floor(i / columns) * (height * scale + gap);
    for (let y = 0; y < height * scale; y++) {
      for (let x = 0; x < width * scale; x++) {
        const from = i * size + (Math.floor(y / scale) * width + Math.floor(x / scale)) * channels;
        const to = ((top + y) * sheetWidth + left + x) * channels;
        for (let c = 0; c < channels; c++) data[to + c] = shown[pixels[from + c]!]!;
      }
    }
  }
  return { width: sheetWidth, height: sheetHeight, channels, data };
}

/** Width and height of the sheet of so many pictures, in pixels. */
export function sheetSize(
  { height, width }: Pick<PictureShape, "height" | "width">,
  count: number,
  { columns, scale }: SheetOptions,
): { width: number; height: number } {
  const gap = gapOf(scale);
  const rows = Math.ceil(count / columns);
  return {
    width: columns * width * scale + (columns + 1) * gap,
    height: rows * height * scale + (rows + 1) * gap,
  };
}

/** Pixels between pictures, half a picture's pixel wide. */
function gapOf(scale: number): number {
  return Math.max(1, Math.round(scale / 2));
}

/** Columns that make a sheet about square. */
export function squareColumns(count: number): number {
  return Math.ceil(Math.sqrt(count));
}

/** Columns of a sheet whose pictures take the classes in turn: one per class. */
export function classColumns(count: number, classes: number): number {
  return classes > 0 && count >= classes ? classes : squareColumns(count);
}

/** A scale at which small pictures can be seen: 28 pixels are shown at 3, 64 at 1. */
export function visibleScale(picture: PictureShape): number {
  return Math.max(1, Math.min(4, Math.round(84 / Math.max(picture.height, picture.width))));
}
