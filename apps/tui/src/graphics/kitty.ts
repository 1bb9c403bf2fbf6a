/** Pictures by kitty's protocol (https://sw.kovidgoyal.net/kitty/graphics-protocol/). */
import { deflateSync } from "node:zlib";
import type { BandPixels } from "./band.ts";

/** Longest piece of a command. */
const CHUNK = 4096;
/** Of the processor's time and the line's, the processor's is dearer. */
const LEVEL = 1;

/** Shows pixels over so many characters from the cursor on, which stays where it is; nothing is answered. */
export function kittyPicture({ width, height, rgba }: BandPixels, id: number, columns: number): string {
  const data = deflateSync(rgba, { level: LEVEL }).toString("base64");
  const chunks = data.match(new RegExp(`.{1,${CHUNK}}`, "g")) ?? [""];
  const first = `a=T,q=2,f=32,o=z,t=d,s=${width},v=${height},i=${id},p=1,c=${columns},r=1,C=1`;
  return chunks
    .map((chunk, i) => {
      const more = i + 1 < chunks.length ? 1 : 0;
      return `\x1b_G${i === 0 ? `${first},m=${more}` : `m=${more}`};${chunk}\x1b\\`;
    })
    .join("");
}

/** Takes a picture away and forgets it. */
export function kittyRemoval(id: number): string {
  return `\x1b_Ga=d,d=I,q=2,i=${id}\x1b\\`;
}
