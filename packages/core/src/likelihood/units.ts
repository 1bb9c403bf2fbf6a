/** Units of likelihood: papers give nats for a binary picture and bits/dim for the others. */
import { dimensions, type PictureShape } from "../network/graph.ts";

/** Bits for each value of a picture: nats / (H·W·C · ln 2). */
export function bitsPerDim(nats: number, picture: PictureShape): number {
  return nats / (dimensions(picture) * Math.LN2);
}
