import { decodeModelFile, sample } from "@pixelcnn/core";

/** Levels of two pictures. */
export async function draw() {
  const response = await fetch(new URL("/glyphs.safetensors", location.origin));
  const { model } = decodeModelFile(new Uint8Array(await response.arrayBuffer()));
  for await (const { complete, pixels } of sample(model, { count: 2, seed: 7, classLabel: 3 })) {
    if (complete) return [...pixels];
  }
}
