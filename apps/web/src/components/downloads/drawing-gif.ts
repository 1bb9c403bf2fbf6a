/** A sheet as an animated GIF that grows: a frame a row of pixels, the finished sheet held at the end. */
import { drawSheet, encodeGif, squareColumns, visibleScale } from "@pixelcnn/pictures";
import type { Levels } from "../pictures/paint-levels.ts";
import { nextTurn } from "./next-turn.ts";

/** Gives the page's thread back between frames. */
export function drawingGif({ pixels, picture }: Levels): Promise<Uint8Array<ArrayBuffer>> {
  const { height, width, channels } = picture;
  const size = height * width * channels;
  const count = pixels.length / size;
  const frameAfter = (rows: number) => {
    const grown = pixels.slice();
    // Colours by number have no black: what is not there yet is as the gaps are.
    const nothing = picture.palette && picture.levels < 256 ? picture.levels : 0;
    for (let i = 0; i < count; i++) grown.fill(nothing, i * size + rows * width * channels, (i + 1) * size);
    return drawSheet(grown, picture, { columns: squareColumns(count), scale: visibleScale(picture) });
  };
  return encodeGif(height, (frame) => frameAfter(frame + 1), picture.levels, nextTurn);
}
