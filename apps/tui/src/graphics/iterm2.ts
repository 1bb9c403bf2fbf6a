/** Pictures by iTerm2's protocol (https://iterm2.com/documentation-images.html), a PNG file each. */
import { encodePng } from "@pixelcnn/pictures";
import type { BandPixels } from "./band.ts";

/** Shows pixels over so many characters from the cursor on, in place of what was there. */
export function iterm2Picture({ width, height, rgba }: BandPixels, columns: number): string {
  const png = Buffer.from(encodePng({ width, height, channels: 4, data: rgba }));
  const options = `inline=1;size=${png.length};width=${columns};height=1;preserveAspectRatio=0`;
  return `\x1b]1337;File=${options}:${png.toString("base64")}\x07`;
}
