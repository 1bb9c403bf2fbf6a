import { expect, it } from "vitest";
import type { Network } from "../../src/network/graph.ts";
import { operations } from "../../src/network/operations.ts";
import { handBuilt } from "./hand-built.ts";
import { type Choose, randomGraph } from "./random-graph.ts";

const picture = { height: 3, width: 3, channels: 1, levels: 3 };

/** Choices of a generator of Lehmer's: the same ones every time. */
function choices(seed: number): Choose {
  let state = seed;
  return (options) => {
    state = (state * 48_271) % 0x7fffffff;
    return Math.floor((options * state) / 0x7fffffff);
  };
}

const networks: Record<string, readonly Network[]> = {
  "hand-built networks": handBuilt(picture).map(([, network]) => network),
  "random graphs": Array.from({ length: 100 }, (_, seed) => randomGraph(choices(seed + 1))),
};

it.each(Object.entries(networks))("%s have every operation", (_, some) => {
  const found = new Set(some.flatMap(({ nodes }) => nodes.map(({ op }) => op)));
  expect([...found].sort()).toEqual([...operations].sort());
});
