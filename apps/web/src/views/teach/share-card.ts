/** A picture for those who were not there: what was drawn, and what the model draws. Loaded when somebody asks for one. */
import { paintLevels } from "../../components/pictures/paint-levels.ts";
import { paintStrokes } from "../../components/strokes/paint-strokes.ts";
import { PICTURE, type Sheet, type Shown } from "../../workers/teaching/lesson.ts";
import { rasterise } from "../../workers/teaching/rasterise.ts";

/** The shape of cards in chats and feeds. */
const WIDTH = 1200;
const HEIGHT = 630;
const MARGIN = 60;
const CELL = 96;
const GAP = 8;
const COLUMNS = 5;
const TOP = 250;
/** Side of a drawing before it is made smaller. */
const DRAWN_SIDE = 256;

/** @returns a PNG. */
export async function shareCard(shown: readonly Shown[], sheet: Sheet): Promise<Uint8Array<ArrayBuffer>> {
  const [card, context] = canvasOf(WIDTH, HEIGHT);
  const { color, backgroundColor } = getComputedStyle(document.documentElement);
  const font = getComputedStyle(document.body).fontFamily;
  context.fillStyle = backgroundColor;
  context.fillRect(0, 0, WIDTH, HEIGHT);
  const write = (text: string, size: number, x: number, y: number) => {
    context.fillStyle = color;
    context.font = `${size}px ${font}`;
    context.fillText(text, x, y);
  };
  const right = WIDTH / 2 + MARGIN / 2;
  write("I taught a neural network to draw like me", 54, MARGIN, 120);
  write("What I drew", 28, MARGIN, TOP - 24);
  write(`What it draws after ${sheet.step} steps`, 28, right, TOP - 24);
  write("Taught in a browser tab with PixelCNN. Nothing left the device.", 26, MARGIN, HEIGHT - MARGIN);
  context.imageSmoothingQuality = "high";
  // One of every cell: of many pictures the first.
  const cells = [...new Set(sheet.cells)];
  cells.forEach((cell, i) => {
    const [across, down] = [(i % COLUMNS) * (CELL + GAP), Math.floor(i / COLUMNS) * (CELL + GAP)];
    const own = shown.find((one) => one.cell === cell);
    context.imageSmoothingEnabled = true;
    if (own !== undefined) context.drawImage(drawn(own), MARGIN + across, TOP + down, CELL, CELL);
    context.imageSmoothingEnabled = false;
    context.drawImage(
      painted(sheet.pixels, sheet.cells.indexOf(cell)),
      right + across,
      TOP + down,
      CELL,
      CELL,
    );
  });
  const blob = await new Promise<Blob | null>((resolve) => card.toBlob(resolve, "image/png"));
  if (blob === null) throw new Error("this browser makes no picture files");
  return new Uint8Array(await blob.arrayBuffer());
}

function drawn({ drawing }: Shown): HTMLCanvasElement {
  if (drawing instanceof Uint8Array) {
    const levels = new Uint8Array(PICTURE.height * PICTURE.width);
    rasterise(levels, drawing, PICTURE);
    return painted(levels, 0);
  }
  const [canvas, context] = canvasOf(DRAWN_SIDE, DRAWN_SIDE);
  context.fillStyle = "#000";
  context.fillRect(0, 0, DRAWN_SIDE, DRAWN_SIDE);
  paintStrokes(context, drawing, "#fff");
  return canvas;
}

/** One of the pictures [count, H, W], at its own size. */
function painted(pixels: Uint8Array, index: number): HTMLCanvasElement {
  const [canvas, context] = canvasOf(PICTURE.width, PICTURE.height);
  paintLevels(context, { pixels, picture: PICTURE }, index, PICTURE.height * PICTURE.width);
  return canvas;
}

function canvasOf(width: number, height: number): [HTMLCanvasElement, CanvasRenderingContext2D] {
  const canvas = document.createElement("canvas");
  Object.assign(canvas, { width, height });
  return [canvas, canvas.getContext("2d")!];
}
