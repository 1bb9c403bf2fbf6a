/** A drawing as the pen made it: strokes, not pixels, so that it can be moved, turned and made larger before a model sees it. */

/** Points one after the other, x, y, x, y, …, whole numbers from 0 to {@link EDGE} across the cell and down. */
export type Stroke = readonly number[];

/** Strokes in their order. */
export type Drawing = readonly Stroke[];

/** Last place of a cell: a point's two numbers are a byte each. */
export const EDGE = 255;

/** Radius of the pen, in shares of the cell. */
export const PEN_RADIUS = 0.054;
