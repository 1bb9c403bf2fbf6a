/** Pictures as text: a character a pixel, wide enough to look square; colour where the terminal has it. */
import type { LevelArray, PictureShape } from "@pixelcnn/core";
import { levelToByte } from "@pixelcnn/core/data";

/** From no ink to full ink. */
const RAMP = " .:-=+*#%@";

/**
 * One text a picture, lines without the last line break.
 *
 * @param pixels [count, H, W, C] levels.
 * @param colour write 24-bit colour sequences for pictures of three channels.
 */
export function asciiPictures(pixels: LevelArray, picture: PictureShape, colour: boolean): string[] {
  const { height, width, channels, levels } = picture;
  const size = height * width * channels;
  return Array.from({ length: pixels.length / size }, (_, i) => {
    const line = (y: number) =>
      Array.from({ length: width }, (_, x) => {
        const at = i * size + (y * width + x) * channels;
        const [red, green, blue] = [0, 1, 2].map((c) =>
          levelToByte(pixels[at + Math.min(c, channels - 1)]!, levels),
        ) as [number, number, number];
        const luma = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
        const character = RAMP[Math.round((luma / 255) * (RAMP.length - 1))]!;
        const cell = character + character;
        return colour && channels === 3 ? `\x1b[38;2;${red};${green};${blue}m${cell}\x1b[39m` : cell;
      }).join("");
    return Array.from({ length: height }, (_, y) => line(y).trimEnd()).join("\n");
  });
}
