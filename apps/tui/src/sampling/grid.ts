/** How many pictures fit a part of the screen, and as which text. */
import { type TextStyle, textSize } from "@pixelcnn/pictures";

/** How pictures are shown: as text, or in real pixels where the terminal has them. */
export type PictureStyle = TextStyle | "pixels";

/** Characters that a picture takes. Real pixels lie as close as the dots of braille. */
export function cellsOf(
  picture: { readonly width: number; readonly height: number },
  style: PictureStyle,
): { readonly columns: number; readonly rows: number } {
  return textSize(picture, style === "pixels" ? "braille" : style);
}

export interface Area {
  readonly columns: number;
  readonly rows: number;
}

export interface Grid<Style extends PictureStyle = PictureStyle> {
  readonly style: Style;
  /** Pictures side by side, and one above the other. */
  readonly across: number;
  readonly down: number;
  /** Pixels side by side that become one; 1 but where no style is small enough. */
  readonly shrink: number;
  /** Lines of text below every row of pictures. */
  readonly below: number;
}

/** Columns between pictures. Rows of pictures have none between them but where there is room. */
export const PICTURE_GAP = 2;
/** What is taken where a style has no room. */
const smallerStyles = ["half-blocks", "braille"] as const;
type Smaller = (typeof smallerStyles)[number];
/** How much smaller pictures are made at most. */
const SHRINKS = [2, 3, 4] as const;

/**
 * The grid in the style that is wanted, or the next smaller one in which a picture fits, or a smaller picture; null when
 * not even that fits.
 *
 * @param styles those that the terminal can show.
 * @param most pictures at most.
 * @param below lines of text that every row of pictures needs below it, where there is room for a row with them.
 */
export function fitGrid<Style extends PictureStyle>(
  area: Area,
  picture: { readonly width: number; readonly height: number },
  wanted: Style,
  {
    styles,
    most,
    below = 0,
  }: { readonly styles: readonly Style[]; readonly most: number; readonly below?: number },
): Grid<Style | Smaller> | null {
  const plain = fitGridWith(area, picture, wanted, { styles, most, below: 0 });
  if (plain === null || below === 0) return plain;
  // Pictures are not made smaller for a text.
  const told = fitGridWith(area, picture, wanted, { styles, most, below });
  return told?.style === plain.style && told.shrink === plain.shrink ? told : plain;
}

function fitGridWith<Style extends PictureStyle>(
  area: Area,
  picture: { readonly width: number; readonly height: number },
  wanted: Style,
  {
    styles,
    most,
    below,
  }: { readonly styles: readonly Style[]; readonly most: number; readonly below: number },
): Grid<Style | Smaller> | null {
  const smaller = smallerStyles.filter((style) => (styles as readonly PictureStyle[]).includes(style));
  // A smaller picture has lost something, and a smaller style has not: shrunk is only the smallest.
  const smallest: Style | Smaller = smaller.at(-1) ?? wanted;
  const tries: { readonly style: Style | Smaller; readonly shrink: number }[] = [
    { style: wanted, shrink: 1 },
    ...smaller.map((style) => ({ style, shrink: 1 })),
    ...SHRINKS.map((shrink) => ({ style: smallest, shrink })),
  ];
  for (const { style, shrink } of tries) {
    const size = { width: Math.ceil(picture.width / shrink), height: Math.ceil(picture.height / shrink) };
    const { columns, rows } = cellsOf(size, style);
    const across = Math.floor((area.columns + PICTURE_GAP) / (columns + PICTURE_GAP));
    const down = Math.floor(area.rows / (rows + below));
    if (across < 1 || down < 1) continue;
    const limited = Math.min(across, most);
    const rowsOfPictures = Math.max(1, Math.min(down, Math.floor(most / limited)));
    return { style, shrink, across: limited, down: rowsOfPictures, below };
  }
  return null;
}

/** Columns of a row of pictures that are `columns` wide. */
export function rowColumns({ across }: Pick<Grid, "across">, columns: number): number {
  return across * (columns + PICTURE_GAP) - PICTURE_GAP;
}

/** Blank lines between `down` rows of pictures that are `lines` high: one where `rows` has room for it. */
export function linesBetween(down: number, lines: number, rows: number): 0 | 1 {
  return down * (lines + 1) - 1 <= rows ? 1 : 0;
}

/** A line of text below a row of pictures, each text as wide as a picture. */
export function labelLine(texts: readonly string[], columns: number): string {
  const fitted = texts.map((text) => (text.length > columns ? `${text.slice(0, columns - 1)}…` : text));
  return joinLine(fitted.map((text) => text.padEnd(columns)));
}

/** One line through a row of pictures. */
export function joinLine(pieces: readonly string[]): string {
  return pieces.join(" ".repeat(PICTURE_GAP));
}

/** Puts the lines of pictures side by side and below each other, with a blank line between where `rows` has room for it. */
export function joinPictures(
  pictures: readonly (readonly string[])[],
  { across }: Grid,
  rows: number,
): string[] {
  const height = pictures[0]?.length ?? 0;
  const between = linesBetween(Math.ceil(pictures.length / across), height, rows);
  const lines: string[] = [];
  for (let from = 0; from < pictures.length; from += across) {
    const row = pictures.slice(from, from + across);
    if (from > 0) lines.push(...Array.from({ length: between }, () => ""));
    for (let line = 0; line < height; line++) lines.push(joinLine(row.map((picture) => picture[line]!)));
  }
  return lines;
}
