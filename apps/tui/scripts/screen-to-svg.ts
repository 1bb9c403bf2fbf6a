/** A terminal's screen as an SVG image: every cell's background, and its character as text or as a block. */
import type headless from "@xterm/headless";

const CELL_WIDTH = 9;
const CELL_HEIGHT = 18;
const PADDING = 12;
const INK = "#d8dee9";
const PAPER = "#11151c";

/** xterm's first sixteen colours. */
const PALETTE = [
  ...["#000000", "#cd3131", "#0dbc79", "#e5e510", "#2472c8", "#bc3fbc", "#11a8cd", "#e5e5e5"],
  ...["#666666", "#f14c4c", "#23d18b", "#f5f543", "#3b8eea", "#d670d6", "#29b8db", "#ffffff"],
];

type Screen = InstanceType<typeof headless.Terminal>;
type Cell = NonNullable<
  ReturnType<NonNullable<ReturnType<Screen["buffer"]["active"]["getLine"]>>["getCell"]>
>;

export function screenToSvg(screen: Screen): string {
  const { active } = screen.buffer;
  const shapes: string[] = [];
  for (let y = 0; y < screen.rows; y++) {
    const line = active.getLine(active.baseY + y);
    for (let x = 0; x < screen.cols; x++) {
      const cell = line?.getCell(x);
      if (cell) shapes.push(...shapesOf(cell, PADDING + x * CELL_WIDTH, PADDING + y * CELL_HEIGHT));
    }
  }
  const width = screen.cols * CELL_WIDTH + 2 * PADDING;
  const height = screen.rows * CELL_HEIGHT + 2 * PADDING;
  const font = `font-family="ui-monospace, Menlo, Consolas, DejaVu Sans Mono, monospace" font-size="15"`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" ${font}>`,
    `<rect width="${width}" height="${height}" rx="8" fill="${PAPER}"/>`,
    `<g shape-rendering="crispEdges">`,
    ...shapes.filter((shape) => shape.startsWith("<rect")),
    "</g>",
    ...shapes.filter((shape) => !shape.startsWith("<rect")),
    "</svg>",
    "",
  ].join("\n");
}

function shapesOf(cell: Cell, x: number, y: number): string[] {
  let text = colour(cell.isFgRGB(), cell.isFgPalette(), cell.getFgColor()) ?? INK;
  let behind = colour(cell.isBgRGB(), cell.isBgPalette(), cell.getBgColor());
  if (cell.isInverse()) [text, behind] = [behind ?? PAPER, text];
  const shapes = behind === null ? [] : [rect(x, y, CELL_HEIGHT, behind)];
  const character = cell.getChars();
  if (character === "▀") return [...shapes, rect(x, y, CELL_HEIGHT / 2, text)];
  if (character === "▄") return [...shapes, rect(x, y + CELL_HEIGHT / 2, CELL_HEIGHT / 2, text)];
  if (character === "" || character === " ") return shapes;
  const weight = cell.isBold() ? ` font-weight="bold"` : "";
  const faint = cell.isDim() ? ` opacity="0.6"` : "";
  const line = cell.isUnderline() ? ` text-decoration="underline"` : "";
  const shown = character.replace(/[&<>]/g, (special) => `&#${special.charCodeAt(0)};`);
  return [...shapes, `<text x="${x}" y="${y + 14}" fill="${text}"${weight}${faint}${line}>${shown}</text>`];
}

function rect(x: number, y: number, height: number, fill: string): string {
  return `<rect x="${x}" y="${y}" width="${CELL_WIDTH}" height="${height}" fill="${fill}"/>`;
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
