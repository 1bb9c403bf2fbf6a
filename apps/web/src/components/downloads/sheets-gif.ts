/** A history of sheets as an animated GIF: a frame a sheet. Loaded when somebody asks for one. */
import { drawSheet, encodeGif, visibleScale } from "@pixelcnn/pictures";
import type { Levels } from "../pictures/paint-levels.ts";
import { nextTurn } from "./next-turn.ts";

/** @param sheets of as many pictures each. @param columns pictures in a row. */
export function sheetsGif(sheets: readonly Levels[], columns: number): Promise<Uint8Array<ArrayBuffer>> {
  const { picture } = sheets[0]!;
  const frameAt = (frame: number) =>
    drawSheet(sheets[frame]!.pixels, picture, { columns, scale: visibleScale(picture) });
  return encodeGif(sheets.length, frameAt, picture.levels, nextTurn);
}
