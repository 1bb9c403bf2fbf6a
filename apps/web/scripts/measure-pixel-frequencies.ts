/**
 * The simplest model of binarised MNIST that is not a coin: how often each pixel is ink, by itself. Counted on the training
 * pictures, measured on the test pictures, for the article's figure on nats.
 *
 *     p_i = (ink_i + 1) / (N + 2)          (Laplace: no pixel is impossible)
 *
 *     PIXELCNN_DATA=… pnpm --filter web measure:pixel-frequencies
 */
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { parseAmat } from "@pixelcnn/core/data";

const SIDE = 28;
const folder = process.env.PIXELCNN_DATA;
if (folder === undefined)
  throw new Error("expected PIXELCNN_DATA, the folder that holds binarized_mnist/; set it");
const target = fileURLToPath(
  new URL("../src/views/explain/networks/pixel-frequencies.json", import.meta.url),
);

const train = await read("train");
const test = await read("test");
const ink = new Array<number>(SIDE * SIDE).fill(0);
train.pixels.forEach((level, i) => {
  ink[i % ink.length]! += level;
});
const probabilities = ink.map((count) => (count + 1) / (train.count + 2));
let nats = 0;
test.pixels.forEach((level, i) => {
  const p = probabilities[i % ink.length]!;
  nats -= Math.log(level === 1 ? p : 1 - p);
});
const measured = { pictures: train.count, ink, testPictures: test.count, testNats: nats / test.count };
await writeFile(target, `${JSON.stringify(measured)}\n`);
process.stdout.write(`${measured.testNats} nats per picture on ${test.count} test pictures\n`);

async function read(part: "train" | "test") {
  const path = join(folder!, "binarized_mnist", `binarized_mnist_${part}.amat.gz`);
  return parseAmat(gunzipSync(await readFile(path)), path, { height: SIDE, width: SIDE });
}
