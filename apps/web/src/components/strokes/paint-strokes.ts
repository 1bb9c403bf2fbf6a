/** Strokes on a canvas, as broad as the pen that makes pictures of them. */
import type { Drawing, Stroke } from "../../workers/teaching/drawing.ts";
import { EDGE, PEN_RADIUS } from "../../workers/teaching/drawing.ts";

/** Paints onto what is there. */
export function paintStrokes(context: CanvasRenderingContext2D, drawing: Drawing, colour: string): void {
  for (const stroke of drawing) paintFrom(context, stroke, 0, colour);
}

/** Paints a stroke's points from one on. @param first index of the point that it starts from. */
export function paintFrom(
  context: CanvasRenderingContext2D,
  stroke: Stroke,
  first: number,
  colour: string,
): void {
  const side = context.canvas.width;
  const at = (number: number) => (number / EDGE) * side;
  context.strokeStyle = colour;
  context.lineWidth = 2 * PEN_RADIUS * side;
  context.lineCap = "round";
  context.lineJoin = "round";
  context.beginPath();
  context.moveTo(at(stroke[2 * first]!), at(stroke[2 * first + 1]!));
  for (let i = 2 * first; i + 1 < stroke.length; i += 2) context.lineTo(at(stroke[i]!), at(stroke[i + 1]!));
  context.stroke();
}
