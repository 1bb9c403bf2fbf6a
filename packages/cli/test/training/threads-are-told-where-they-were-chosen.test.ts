/** What `train` says of its backend: a number of threads only where the training has that many and no others. */
import { startableBackends } from "@pixelcnn/backends";
import { expect, it } from "vitest";
import { engineText } from "../../src/training/training-engine.ts";

it.each([
  ["wasm", 1, "wasm backend, 1 thread"],
  ["wasm", 4, "wasm backend, 4 threads"],
  // Their libraries take all cores, or a GPU.
  ["xla", 1, "xla backend"],
  ["native", 1, "native backend"],
  ["webgpu", 1, "webgpu backend"],
] as const)("%s with %i: %s", (backend, threads, text) => {
  expect(startableBackends).toContain(backend);
  expect(engineText(backend, threads)).toBe(text);
});
