/**
 * Many pictures at once in Node, by any sampler, without TensorFlow.js.
 *
 * @module @pixelcnn/drawing
 */

export { Animation } from "./animation.ts";
export { labelsInRows, labelsInTurn } from "./class-labels.ts";
export { type Drawn, type DrawOptions, drawOnThreads, drawPictures } from "./draw-pictures.ts";
export { DrawingError } from "./drawing-error.ts";
export { withFallback } from "./fallback-sampler.ts";
export { type KnownRowsOptions, knownRows } from "./known-rows.ts";
export { type DrawingPlan, type DrawingWish, planDrawing } from "./plan-drawing.ts";
export { checkAnimation, checkSheet } from "./sheet-limits.ts";
