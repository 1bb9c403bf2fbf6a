/** The editor of a completion: the top rows of a picture, painted pixel by pixel or loaded. */
import { isOrdered, type LevelArray, levelArray, type PictureShape } from "@pixelcnn/core";
import type { Known } from "../sampling/messages.ts";

export interface TopRows {
  readonly picture: PictureShape;
  /** [H, W, C] */
  readonly levels: LevelArray;
  /** Rows that are given. */
  readonly rows: number;
  readonly x: number;
  readonly y: number;
}

export function newTopRows(picture: PictureShape, known: Known | null): TopRows {
  const { height, width, channels } = picture;
  const size = width * channels;
  if (known === null) {
    const levels = levelArray(picture.levels, height * size);
    return {
      picture,
      levels,
      rows: Math.ceil(height / 2),
      x: Math.floor(width / 2),
      y: Math.floor(height / 4),
    };
  }
  let rows = 0;
  while (rows < height && known.mask[rows * size] === 1) rows++;
  return { picture, levels: known.levels.slice(0, height * size), rows, x: 0, y: 0 };
}

/**
 * The rows after a key: arrows move, digits and space paint, brackets change how many rows are given, x wipes. 0 is black and 9
 * the brightest; the digits between lie evenly, but none of them paints nothing where there are few levels. Of colours by number and of codes a digit is the
 * number, and space takes the next one.
 */
export function pressInTopRows(top: TopRows, key: string): TopRows {
  const { width } = top.picture;
  switch (key) {
    case "left":
      return { ...top, x: Math.max(0, top.x - 1) };
    case "right":
      return { ...top, x: Math.min(width - 1, top.x + 1) };
    case "up":
      return { ...top, y: Math.max(0, top.y - 1) };
    case "down":
      return { ...top, y: Math.min(top.rows - 1, top.y + 1) };
    case "[":
    case "]": {
      const rows = Math.min(top.picture.height - 1, Math.max(1, top.rows + (key === "[" ? -1 : 1)));
      return { ...top, rows, y: Math.min(top.y, rows - 1) };
    }
    case "x":
      return { ...top, levels: levelArray(top.picture.levels, top.levels.length) };
    case "space":
      return paint(top, afterSpace(levelAt(top), top.picture));
    default:
      return /^\d$/.test(key) ? paint(top, levelOfDigit(Number(key), top.picture)) : top;
  }
}

export function knownOf({ levels, rows, picture }: TopRows): Known {
  const given = rows * picture.width * picture.channels;
  const mask = new Uint8Array(levels.length).fill(1, 0, given);
  return { levels: levels.map((level, i) => (i < given ? level : 0)), mask };
}

function levelAt({ levels, picture, x, y }: TopRows): number {
  return levels[(y * picture.width + x) * picture.channels]!;
}

function paint(top: TopRows, level: number): TopRows {
  const { picture, x, y } = top;
  const levels = top.levels.slice();
  const at = (y * picture.width + x) * picture.channels;
  levels.fill(level, at, at + picture.channels);
  return { ...top, levels };
}

function afterSpace(level: number, picture: PictureShape): number {
  const { levels } = picture;
  if (!isOrdered(picture)) return (level + 1) % levels;
  return level === 0 ? levels - 1 : 0;
}

function levelOfDigit(digit: number, picture: PictureShape): number {
  const { levels } = picture;
  if (!isOrdered(picture)) return Math.min(digit, levels - 1);
  return digit === 0 ? 0 : Math.max(1, Math.round((digit / 9) * (levels - 1)));
}
