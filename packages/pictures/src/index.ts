/**
 * Levels as pictures for people. Runs in Node and in browsers.
 *
 * @module @pixelcnn/pictures
 */

export { asciiPictures } from "./ascii.ts";
export { encodeGif } from "./gif.ts";
export { heatColour, heatRaster, pixelBits } from "./heat.ts";
export { decodePng, encodePng, type PngPicture } from "./png.ts";
export { type Playback, type Raster, rasterOf } from "./raster.ts";
export {
  classColumns,
  type DeepSheet,
  drawDeepSheet,
  drawSheet,
  type Sheet,
  type SheetOptions,
  sheetSize,
  squareColumns,
  visibleScale,
} from "./sheet.ts";
export { splitSheet } from "./split-sheet.ts";
export { BrailleCanvas, type BrailleCell } from "./text/braille-canvas.ts";
export { type ColourDepth, colourSequence, type Rgb, resetSequence } from "./text/colour.ts";
export { pictureText, pixelRows, type TextStyle, textSize, textStyles } from "./text/picture-text.ts";
