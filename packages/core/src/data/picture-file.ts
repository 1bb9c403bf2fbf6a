/**
 * What the bytes of a picture file say that its decoders keep to themselves: a browser gives 8 bits a value of any file, and the first of all frames.
 *
 *     PNG: IHDR tells the bits, acTL the frames │ GIF: an image descriptor a frame │ WebP: a chunk ANMF a frame │ AVIF: av1C tells the bits
 *
 * Whether the file is sound is for its decoder to say; of what is cut or unknown, one frame of 8 bits is assumed.
 */

import { gifBlocks } from "./gif-blocks.ts";

/** Bits of a value, and frames of an animation. */
export interface PictureFile {
  readonly bits: number;
  /** 1 where nothing moves. Of a sequence that does not tell them before its pixels, at least 2. */
  readonly frames: number;
}

const PNG_SIGNATURE = "\x89PNG\r\n\x1a\n";

/** What a file's bytes say. */
export function readPictureFile(bytes: Uint8Array): PictureFile {
  if (textAt(bytes, 0, 8) === PNG_SIGNATURE) return { bits: bytes[24] ?? 8, frames: pngFrames(bytes) };
  if (/^RIFF.{4}WEBP$/s.test(textAt(bytes, 0, 12))) return { bits: 8, frames: webpFrames(bytes) };
  if (textAt(bytes, 4, 4) === "ftyp") return avifFile(bytes);
  const frames = [...gifBlocks(bytes)].filter(({ isFrame }) => isFrame).length;
  return { bits: 8, frames: Math.max(1, frames) };
}

function textAt(bytes: Uint8Array, start: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(start, start + length));
}

/** Chunks: a length, a name, what it says, a checksum. */
function pngFrames(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 8; at + 12 <= bytes.length; at += 12 + view.getUint32(at)) {
    const name = textAt(bytes, at + 4, 4);
    if (name === "acTL") return Math.max(1, view.getUint32(at + 8));
    if (name === "IDAT") break;
  }
  return 1;
}

/** Chunks of an even length after their names. */
function webpFrames(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let frames = 0;
  for (let at = 12; at + 8 <= bytes.length; ) {
    if (textAt(bytes, at, 4) === "ANMF") frames++;
    const length = view.getUint32(at + 4, true);
    at += 8 + length + (length % 2);
  }
  return Math.max(1, frames);
}

/** Boxes before the pixels: the brand of a sequence, and what the decoder has to know. */
function avifFile(bytes: Uint8Array): PictureFile {
  const head = bytes.subarray(0, 4096);
  const text = new TextDecoder("latin1").decode(head);
  const flags = head[text.indexOf("av1C") + 6] ?? 0;
  const isDeep = text.includes("av1C") && (flags & 0x40) !== 0;
  return { bits: isDeep ? (flags & 0x20 ? 12 : 10) : 8, frames: text.startsWith("avis", 8) ? 2 : 1 };
}
