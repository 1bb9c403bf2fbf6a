/** A row of a terminal's screen as SVG: backgrounds and half blocks as rectangles, everything else as text. */
import type headless from "@xterm/headless";

const CELL_WIDTH = 9;
export const CELL_HEIGHT = 18;
const BASELINE = 14;
const PADDING = 12;
const INK = "#d8dee9";
export const PAPER = "#11151c";

/** xterm's first sixteen colours. */
const PALETTE = [
  ...["#000000", "#cd3131", "#0dbc79", "#e5e510", "#2472c8", "#bc3fbc", "#11a8cd", "#e5e5e5"],
  ...["#666666", "#f14c4c", "#23d18b", "#f5f543", "#3b8eea", "#d670d6", "#29b8db", "#ffffff"],
];

type Screen = InstanceType<typeof headless.Terminal>;
type Cell = NonNullable<
  ReturnType<NonNullable<ReturnType<Screen["buffer"]["active"]["getLine"]>>["getCell"]>
>;

/** Width and height of so many columns and rows, with paper around them. */
export function svgSize(columns: number, rows: number): { readonly width: number; readonly height: number } {
  return { width: columns * CELL_WIDTH + 2 * PADDING, height: rows * CELL_HEIGHT + 2 * PADDING };
}

/** One row of a screen as shapes, as if it were the first one; empty where nothing is. */
export function rowToSvg(screen: Screen, y: number): string {
  const rectangles = new Rectangles();
  const row = Array.from({ length: screen.cols }, (_, x) => cellAt(screen, x, y));
  for (const [x, cell] of row.entries()) paint(rectangles, cell, x, 0);
  return [...rectangles.shapes, ...textsOf(row, 0)].join("");
}

/** What a cell of the screen looks like. */
interface ShownCell {
  readonly character: string;
  readonly text: string;
  /** Null for the paper. */
  readonly behind: string | null;
  /** Further attributes of its text. */
  readonly style: string;
}

function cellAt(screen: Screen, x: number, y: number): ShownCell {
  const { active } = screen.buffer;
  const cell = active.getLine(active.baseY + y)?.getCell(x);
  if (cell === undefined) return { character: " ", text: INK, behind: null, style: "" };
  const text = colour(cell.isFgRGB(), cell.isFgPalette(), cell.getFgColor()) ?? INK;
  const behind = colour(cell.isBgRGB(), cell.isBgPalette(), cell.getBgColor());
  const shown = { character: cell.getChars() || " ", style: styleOf(cell) };
  return cell.isInverse() ? { ...shown, text: behind ?? PAPER, behind: text } : { ...shown, text, behind };
}

function styleOf(cell: Cell): string {
  const weight = cell.isBold() ? ` font-weight="bold"` : "";
  const faint = cell.isDim() ? ` opacity="0.6"` : "";
  return weight + faint + (cell.isUnderline() ? ` text-decoration="underline"` : "");
}

function paint(rectangles: Rectangles, { character, text, behind }: ShownCell, x: number, y: number): void {
  const half = CELL_HEIGHT / 2;
  const [above, below] = [character === "▀" ? text : behind, character === "▄" ? text : behind];
  rectangles.add(x, y * CELL_HEIGHT, half, above);
  rectangles.add(x, y * CELL_HEIGHT + half, half, below);
}

/** Neighbours of one look as one text, stretched to the cells that it has. */
function textsOf(row: readonly ShownCell[], y: number): string[] {
  const texts: string[] = [];
  for (let from = 0; from < row.length; ) {
    const { text, style } = row[from]!;
    let to = from;
    while (to < row.length && isText(row[to]!) && row[to]!.text === text && row[to]!.style === style) to++;
    const characters = row
      .slice(from, to)
      .map(({ character }) => character)
      .join("")
      .trimEnd();
    if (characters.trim() !== "") {
      const shown = characters.replace(/[&<>]/g, (special) => `&#${special.charCodeAt(0)};`);
      const at = `x="${PADDING + from * CELL_WIDTH}" y="${PADDING + y * CELL_HEIGHT + BASELINE}"`;
      const length = `textLength="${[...characters].length * CELL_WIDTH}"`;
      texts.push(`<text ${at} ${length} fill="${text}"${style} xml:space="preserve">${shown}</text>`);
    }
    from = Math.max(to, from + 1);
  }
  return texts;
}

function isText({ character }: ShownCell): boolean {
  return character !== "▀" && character !== "▄";
}

/** Rectangles of cells, those side by side in one colour made one. */
class Rectangles {
  readonly shapes: string[] = [];
  readonly #open = new Map<string, { from: number; to: number; index: number }>();

  add(x: number, top: number, height: number, fill: string | null): void {
    if (fill === null) return;
    const key = `${top} ${height} ${fill}`;
    const open = this.#open.get(key);
    const grown = open?.to === x ? { ...open, to: x + 1 } : { from: x, to: x + 1, index: this.shapes.length };
    this.#open.set(key, grown);
    const [left, width] = [PADDING + grown.from * CELL_WIDTH, (grown.to - grown.from) * CELL_WIDTH];
    this.shapes[grown.index] =
      `<rect x="${left}" y="${PADDING + top}" width="${width}" height="${height}" fill="${fill}"/>`;
  }
}

function colour(isRgb: boolean, isPalette: boolean, value: number): string | null {
  if (isRgb) return `#${value.toString(16).padStart(6, "0")}`;
  if (!isPalette) return null;
  if (value < 16) return PALETTE[value]!;
  if (value >= 232) {
    const grey = (8 + (value - 232) * 10).toString(16).padStart(2, "0");
    return `#${grey}${grey}${grey}`;
  }
  const step = (n: number) => (n === 0 ? 0 : 55 + 40 * n).toString(16).padStart(2, "0");
  const cube = value - 16;
  return `#${step(Math.floor(cube / 36))}${step(Math.floor(cube / 6) % 6)}${step(cube % 6)}`;
}
