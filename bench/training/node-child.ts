/** A contender on Node: `node-child.ts <backend> <model file> <levels file> <threads>`. */
import { readFile } from "node:fs/promises";
import { createInterface } from "node:readline";
import type { StartableBackend } from "@pixelcnn/backends";
import { useHugePages } from "@pixelcnn/backends/xla";
import { decodeModelFile } from "@pixelcnn/core";
import type { Ready, Round } from "./contender.ts";
import { median } from "./median.ts";
import type { Step } from "./step.ts";
import { BATCH, PRODUCT_SIZE } from "./task.ts";
import { startTensorflow } from "./tensorflow-step.ts";
import { startXla } from "./xla-step.ts";

/** So many first losses are compared. */
const LOSSES = 3;
/** Products of a round. */
const PRODUCTS = 3;

// The contender's last line is what is told of it.
process.once("uncaughtException", (error) => {
  process.stderr.write(`${error.stack}\n${error.message}\n`);
  process.exit(1);
});

const [backend, modelPath, levelsPath, threads] = process.argv.slice(2) as [
  StartableBackend,
  string,
  string,
  string,
];
if (backend === "xla") await useHugePages(); // as `train` does
const { model } = decodeModelFile(await readFile(modelPath));
const batch = { levels: new Uint8Array(await readFile(levelsPath)), labels: new Int32Array(BATCH) };
const step: Step =
  backend === "xla"
    ? await startXla(model, batch)
    : await startTensorflow(backend, model, batch, Number(threads));

const losses: number[] = [];
for (let i = 0; i < LOSSES; i++) losses.push(await step.train());
await step.multiply();
answer({ library: step.library, compileSeconds: step.compileSeconds(), losses });

for await (const line of createInterface({ input: process.stdin })) {
  await step.train();
  const seconds = await timesOf(step.train, 1000 * Number(line));
  await step.multiply();
  const product = await timesOf(step.multiply, 0, PRODUCTS);
  answer({
    imagesPerSecond: BATCH / median(seconds),
    productGflops: (step.parallelProducts * 2 * PRODUCT_SIZE ** 3) / median(product) / 1e9,
  });
}
await step.end();

function answer(line: Ready | Round): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

/** Seconds of each call, for so many milliseconds and calls at least. */
async function timesOf(
  call: () => Promise<unknown>,
  milliseconds: number,
  calls = 1,
): Promise<readonly number[]> {
  const times: number[] = [];
  const end = performance.now() + milliseconds;
  do {
    const started = performance.now();
    await call();
    times.push((performance.now() - started) / 1000);
  } while (performance.now() < end || times.length < calls);
  return times;
}
