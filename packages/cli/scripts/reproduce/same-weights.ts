import { isDeepStrictEqual } from "node:util";
import type { Model } from "@pixelcnn/core";

/** Is it the same network with the same weights, bit for bit? */
export function haveSameWeights(a: Model, b: Model): boolean {
  return (
    isDeepStrictEqual(a.network, b.network) &&
    [...a.weights].every(([name, values]) => {
      const others = b.weights.get(name);
      return others !== undefined && Buffer.compare(bytesOf(values), bytesOf(others)) === 0;
    })
  );
}

function bytesOf(values: Float32Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}
