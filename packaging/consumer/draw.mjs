// Draws two pictures in plain Node and prints their levels.
import { readFile } from "node:fs/promises";
import { decodeModelFile, sample } from "@pixelcnn/core";

const { model } = decodeModelFile(await readFile("page/public/glyphs.safetensors"));
for await (const { complete, pixels } of sample(model, { count: 2, seed: 7, classLabel: 3 })) {
  if (complete) console.log(JSON.stringify([...pixels]));
}
