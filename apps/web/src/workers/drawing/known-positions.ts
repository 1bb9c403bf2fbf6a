/** Where a completion begins: what is known before it needs no drawing and no waiting. */
import type { PictureShape } from "@pixelcnn/core";
import type { DrawingRequest } from "./drawing-request.ts";

/** Positions before the first one that some picture of the request does not know, of H·W; whole rows only, and never the last row. */
export function knownPositions(known: DrawingRequest["known"], picture: PictureShape): number {
  if (known === undefined) return 0;
  const { height, width, channels } = picture;
  const size = height * width * channels;
  let first = size;
  for (let i = 0; i < known.mask.length; i++) if (known.mask[i] !== 1) first = Math.min(first, i % size);
  return Math.min(Math.floor(first / (width * channels)), height - 1) * width;
}
