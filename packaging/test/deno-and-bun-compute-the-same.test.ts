import { join } from "node:path";
import { expect, inject, test } from "vitest";
import { run } from "../src/pack.ts";
import { install, type Runtime } from "../src/runtimes.ts";
import { expectedPictures } from "./pictures-for-comparison.ts";

const consumer = inject("consumer");
const script = "all-three.mjs";

interface Printed {
  /** Levels of two pictures. */
  readonly drawn: number[];
  /** Bytes of each compressed message of them. */
  readonly messages: number[][];
  readonly restored: number[];
  /** Loss of each step of a training. */
  readonly nats: number[];
}

const expected: Printed = JSON.parse(await run(process.execPath, [script], consumer));

test("in Node, what is compressed comes back, and a training learns", async () => {
  expect(expected.drawn).toEqual(await expectedPictures());
  expect(expected.restored).toEqual(expected.drawn);
  expect(expected.nats.at(-1)).toBeLessThan(expected.nats[0]!);
});

test.each<Runtime>(["deno", "bun"])("%s draws, compresses and trains as Node does", async (runtime) => {
  const [executable, ...words] = await install(runtime, join(consumer, "runtimes", runtime));
  const printed: Printed = JSON.parse(await run(executable, [...words, script], consumer));
  const { nats, ...exact } = printed;
  expect(exact).toEqual({ drawn: expected.drawn, messages: expected.messages, restored: expected.drawn });
  // First weights come of the engine's own logarithm.
  for (const [step, value] of nats.entries()) expect(value).toBeCloseTo(expected.nats[step]!, 3);
  expect(nats).toHaveLength(expected.nats.length);
});
