/** Pictures as text: a character a pixel, wide enough to look square; colour where the terminal has it. */
import { checkPictures, dimensions, type LevelArray, type PictureShape } from "@pixelcnn/core";
import { luma, rasterOf } from "./raster.ts";

/** From no ink to full ink. */
const RAMP = " .:-=+*#%@";

/**
 * One text a picture, lines without the last line break.
 *
 * @param pixels [count, H, W, C] levels.
 * @param colour write 24-bit colour sequences for pictures that have colours.
 * @throws {ShapeError} when `pixels` is not whole pictures, {OptionError} for a level out of range.
 */
export function asciiPictures(pixels: LevelArray, picture: PictureShape, colour: boolean): string[] {
  const { height, width, channels } = picture;
  const isColoured = colour && (channels === 3 || picture.palette !== undefined);
  const size = dimensions(picture);
  return Array.from({ length: checkPictures(pixels, picture) }, (_, i) => {
    const raster = rasterOf(pixels.subarray(i * size, (i + 1) * size), picture);
    const cell = (pixel: number) => {
      const character = RAMP[Math.round(luma(raster, pixel) * (RAMP.length - 1))]!.repeat(2);
      if (!isColoured) return character;
      const [red, green, blue] = raster.rgb.subarray(3 * pixel);
      return `\x1b[38;2;${red};${green};${blue}m${character}\x1b[39m`;
    };
    const line = (y: number) => Array.from({ length: width }, (_, x) => cell(y * width + x)).join("");
    return Array.from({ length: height }, (_, y) => line(y).trimEnd()).join("\n");
  });
}
