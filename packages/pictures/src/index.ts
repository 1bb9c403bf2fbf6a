// @pixelcnn/pictures: levels as pictures for people. Runs in Node and in browsers.

export { asciiPictures } from "./ascii.ts";
export { encodePng } from "./png.ts";
export {
  classColumns,
  drawSheet,
  type Sheet,
  type SheetOptions,
  squareColumns,
  visibleScale,
} from "./sheet.ts";
