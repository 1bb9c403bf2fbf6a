/** Pictures in an address: the levels of a picture as few bits as they need, in the letters that a URL carries as they are. */
import type { PictureShape } from "@pixelcnn/core";

/** Longer ones are not put into an address: browsers and chat apps cut it. */
const MAX_CHARACTERS = 6000;

/** @param levels [H, W, C]. @returns base64url; null when the picture is too large for a link. */
export function packLevels(levels: Uint8Array, picture: PictureShape): string | null {
  const bits = bitsPerLevel(picture);
  const bytes = new Uint8Array(Math.ceil((levels.length * bits) / 8));
  if (charactersOf(bytes.length) > MAX_CHARACTERS) return null;
  levels.forEach((level, i) => {
    for (let b = 0; b < bits; b++) {
      const at = i * bits + b;
      if ((level >> b) & 1) bytes[at >> 3]! |= 1 << (at & 7);
    }
  });
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replace(/=+$/, "");
}

/** The picture of a link, [H, W, C]; null when it is none of this shape. */
export function unpackLevels(text: string, picture: PictureShape): Uint8Array | null {
  const bits = bitsPerLevel(picture);
  const size = picture.height * picture.width * picture.channels;
  if (!/^[\w-]*$/.test(text) || text.length !== charactersOf(Math.ceil((size * bits) / 8))) return null;
  const bytes = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  const levels = new Uint8Array(size);
  for (let i = 0; i < size; i++) {
    for (let b = 0; b < bits; b++) {
      const at = i * bits + b;
      levels[i]! |= ((bytes.charCodeAt(at >> 3) >> (at & 7)) & 1) << b;
    }
  }
  return levels.every((level) => level < picture.levels) ? levels : null;
}

/** Of base64 without its padding. */
function charactersOf(bytes: number): number {
  return Math.ceil((bytes * 4) / 3);
}

function bitsPerLevel({ levels }: PictureShape): number {
  return Math.ceil(Math.log2(levels));
}
