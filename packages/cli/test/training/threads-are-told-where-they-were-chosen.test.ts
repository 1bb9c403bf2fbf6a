/** What `train` says of its backend: a number of threads only where the training has that many and no others, and none that are ignored. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { startableBackends } from "@pixelcnn/backends";
import { layout } from "@pixelcnn/runs";
import { expect, it } from "vitest";
import { checkWorkers, engineText } from "../../src/training/training-engine.ts";
import { runHere } from "../support/pixelcnn.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

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

it.each(["cuda", "webgpu", "xla", "native", "cpu"] as const)(
  "%s has no more than one to ask for",
  (backend) => {
    expect(() => checkWorkers({ backend, workers: 2 })).toThrow(
      `--workers: expected 1 on the ${backend} backend, got 2; only wasm has several`,
    );
    checkWorkers({ backend, workers: 1 });
    checkWorkers({ backend });
  },
);

it("wasm has several, and auto takes what there is", () => {
  checkWorkers({ backend: "wasm", workers: 2 });
  checkWorkers({ backend: "auto", workers: 2 });
});

it("a flag is refused, and what a config file of another backend says is not", async () => {
  const folder = temporaryFolder();
  const flags = ["--size", "8", "--channels", "4", "--layers", "1", "--batch-size", "2", "--limit", "4"];
  const brief = ["--steps", "1", "--samples", "0", "--test-limit", "2", "--backend", "cpu"];
  const train = (...words: string[]) => runHere(folder, "train", ...flags, ...brief, ...words);
  expect(await train("--workers", "2", "--run", "./none")).toEqual(
    expect.objectContaining({
      ...{ code: 1, stdout: "" },
      stderr: "--workers: expected 1 on the cpu backend, got 2; only wasm has several\n",
    }),
  );
  writeFileSync(join(folder, "threads.json"), JSON.stringify({ backend: "wasm", workers: 2 }));
  const first = await train("--config", "threads.json", "--run", "./first");
  expect(first).toMatchObject({ code: 0, stderr: "" });
  const config = layout.config(join(folder, "first"));
  writeFileSync(config, JSON.stringify({ ...JSON.parse(readFileSync(config, "utf8")), workers: 2 }));
  const resumed = await runHere(folder, "train", "--resume", "./first", "--steps", "2");
  expect(resumed).toMatchObject({ code: 0, stderr: "" });
});
