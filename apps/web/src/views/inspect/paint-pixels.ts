/**
 * A picture enlarged by the canvas itself, so that there is room for marks inside a pixel: the receptive field stays bright, the rest
 * is veiled, the blind spot is hatched, the pixel in question is outlined.
 */
import type { Field } from "../../workers/likelihood/prediction.ts";

export interface Pixels {
  readonly width: number;
  readonly height: number;
  /** Red, green, blue of every pixel, [H, W, 3]. */
  readonly rgb: Uint8ClampedArray;
}

export interface Marks {
  /** Row and column. */
  readonly pixel: readonly [number, number] | null;
  /** Drawn around that pixel. */
  readonly field: Field | null;
  /** Pixels from this one on, in raster order, stay clear. */
  readonly hiddenFrom: number | null;
}

interface Colours {
  readonly accent: string;
  readonly ground: string;
}

/** What is not seen keeps a fifth of itself. */
const VEIL = 0.8;

export function paintPixels(canvas: HTMLCanvasElement, { width, height, rgb }: Pixels, marks: Marks): void {
  const context = canvas.getContext("2d")!;
  const style = getComputedStyle(canvas);
  const colours = { accent: style.color, ground: style.backgroundColor };
  const scale = canvas.width / width;
  context.clearRect(0, 0, canvas.width, canvas.height);
  const last = marks.hiddenFrom ?? width * height;
  for (let i = 0; i < last; i++) {
    context.fillStyle = `rgb(${rgb[i * 3]} ${rgb[i * 3 + 1]} ${rgb[i * 3 + 2]})`;
    context.fillRect((i % width) * scale, Math.floor(i / width) * scale, scale, scale);
  }
  if (marks.pixel === null) return;
  if (marks.field !== null) paintField(context, scale, { width, height }, marks.pixel, marks.field, colours);
  outline(context, scale, marks.pixel, colours);
}

function paintField(
  context: CanvasRenderingContext2D,
  scale: number,
  { width, height }: { readonly width: number; readonly height: number },
  [row, column]: readonly [number, number],
  { seen, blindSpot }: Field,
  { accent, ground }: Colours,
): void {
  const at = (places: Field["seen"]) =>
    places
      .map(([dy, dx]) => [row + dy, column + dx] as const)
      .filter(([y, x]) => y >= 0 && y < height && x >= 0 && x < width);
  const bright = new Set(at(seen).map(([y, x]) => y * width + x));
  context.globalAlpha = VEIL;
  context.fillStyle = ground;
  for (let i = 0; i < width * height; i++) {
    if (bright.has(i) || i === row * width + column) continue;
    context.fillRect((i % width) * scale, Math.floor(i / width) * scale, scale, scale);
  }
  context.globalAlpha = 1;
  context.strokeStyle = accent;
  context.lineWidth = Math.max(1, scale / 8);
  context.beginPath();
  for (const [y, x] of at(blindSpot)) {
    context.moveTo(x * scale, (y + 1) * scale);
    context.lineTo((x + 1) * scale, y * scale);
  }
  context.stroke();
}

function outline(
  context: CanvasRenderingContext2D,
  scale: number,
  [row, column]: readonly [number, number],
  { accent, ground }: Colours,
): void {
  const line = Math.max(1, Math.round(scale / 8));
  const { width, height } = context.canvas;
  context.lineWidth = line;
  /** A frame so far around the pixel, and within the picture where the pixel lies at its edge. */
  const frame = (colour: string, distance: number) => {
    const left = Math.max(line / 2, column * scale - distance);
    const top = Math.max(line / 2, row * scale - distance);
    const right = Math.min(width - line / 2, (column + 1) * scale + distance);
    const bottom = Math.min(height - line / 2, (row + 1) * scale + distance);
    context.strokeStyle = colour;
    context.strokeRect(left, top, right - left, bottom - top);
  };
  frame(ground, 1.5 * line);
  frame(accent, line / 2);
}
