/** A contender on Node: `node-child.ts <backend> <model file> <levels file> <threads> <precision> <ahead>`. */
import { readFile } from "node:fs/promises";
import { createInterface } from "node:readline";
import type { StartableBackend } from "@pixelcnn/backends";
import { useHugePages } from "@pixelcnn/backends/xla";
import { decodeModelFile, dimensions } from "@pixelcnn/core";
import type { Place, Ready, Round } from "./contender.ts";
import { median } from "./median.ts";
import type { Step } from "./step.ts";
import { PRODUCT_SIZE } from "./task.ts";
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

const [backend, modelPath, levelsPath, threads, precision, ahead] = process.argv.slice(2) as [
  StartableBackend,
  string,
  string,
  string,
  Place["precision"],
  string,
];
if (backend === "xla" || backend === "native") await useHugePages(); // as `train` does
const { model } = decodeModelFile(await readFile(modelPath));
const levels = new Uint8Array(await readFile(levelsPath));
const count = levels.length / dimensions(model.network.picture);
const batch = { levels, labels: new Int32Array(count) };
const step: Step =
  backend === "xla"
    ? await startXla(model, batch, precision)
    : await startTensorflow(backend, model, batch, Number(threads));

const losses: number[] = [];
for (let i = 0; i < LOSSES; i++) losses.push(await step.train());
await step.multiply();
answer({ library: step.library, compileSeconds: step.compileSeconds(), losses });

for await (const line of createInterface({ input: process.stdin })) {
  await step.train();
  const seconds = await timesOfSteps(step, Number(ahead), 1000 * Number(line));
  await step.multiply();
  const product = await timesOf(step.multiply, 0, PRODUCTS);
  answer({
    imagesPerSecond: count / median(seconds),
    productGflops: (step.parallelProducts * 2 * PRODUCT_SIZE ** 3) / median(product) / 1e9,
  });
}
await step.end();

function answer(line: Ready | Round): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

/**
 * Seconds from one read loss to the next, for so many milliseconds and one step at least, with up to `ahead` steps begun before the one before them is
 * read, and no more than the engine takes.
 */
async function timesOfSteps(
  { train, queueLength }: Step,
  ahead: number,
  milliseconds: number,
): Promise<readonly number[]> {
  const waiting = Array.from({ length: Math.min(ahead, queueLength - 1) }, () => train());
  const times: number[] = [];
  let last = performance.now();
  const end = last + milliseconds;
  do {
    waiting.push(train());
    await waiting.shift();
    const now = performance.now();
    times.push((now - last) / 1000);
    last = now;
  } while (last < end);
  await Promise.all(waiting);
  return times;
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
