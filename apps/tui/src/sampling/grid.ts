/** How many pictures fit a part of the screen, and as which text. */
import { type TextStyle, textSize } from "@pixelcnn/pictures";

export interface Area {
  readonly columns: number;
  readonly rows: number;
}

export interface Grid {
  readonly style: TextStyle;
  /** Pictures side by side, and one above the other. */
  readonly across: number;
  readonly down: number;
}

/** Columns between pictures. Rows of pictures have none between them but where there is room. */
const GAP = 2;

/**
 * The grid in the style that is wanted, or the next smaller one in which a picture fits; null when none does.
 *
 * @param styles those that the terminal can show.
 * @param most pictures at most.
 */
export function fitGrid(
  area: Area,
  picture: { readonly width: number; readonly height: number },
  wanted: TextStyle,
  { styles, most }: { readonly styles: readonly TextStyle[]; readonly most: number },
): Grid | null {
  const smaller = (["half-blocks", "braille"] as const).filter((style) => styles.includes(style));
  for (const style of [wanted, ...smaller]) {
    const { columns, rows } = textSize(picture, style);
    const across = Math.floor((area.columns + GAP) / (columns + GAP));
    const down = Math.floor(area.rows / rows);
    if (across < 1 || down < 1) continue;
    const limited = Math.min(across, most);
    return { style, across: limited, down: Math.max(1, Math.min(down, Math.floor(most / limited))) };
  }
  return null;
}

/** Puts the lines of pictures side by side and below each other, with a blank line between where `rows` has room for it. */
export function joinPictures(
  pictures: readonly (readonly string[])[],
  { across }: Grid,
  rows: number,
): string[] {
  const down = Math.ceil(pictures.length / across);
  const spread = down * ((pictures[0]?.length ?? 0) + 1) - 1 <= rows ? 1 : 0;
  const lines: string[] = [];
  for (let from = 0; from < pictures.length; from += across) {
    const row = pictures.slice(from, from + across);
    if (from > 0) lines.push(...Array.from({ length: spread }, () => ""));
    for (let line = 0; line < row[0]!.length; line++) {
      lines.push(row.map((picture) => picture[line]!).join(" ".repeat(GAP)));
    }
  }
  return lines;
}
