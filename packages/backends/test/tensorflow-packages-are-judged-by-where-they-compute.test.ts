import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { expect, it } from "vitest";
import { runInProcess } from "./support/run-in-a-process.ts";
import type { Outcome } from "./support/start-in-a-process.ts";

async function start(backends: string, environment: NodeJS.ProcessEnv) {
  const { code, stdout, stderr } = await runInProcess("start-in-a-process.ts", [backends], environment);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return JSON.parse(stdout) as { outcomes: Outcome[]; allowGrowth: string | null };
}

const error = (text: RegExp) => ({ error: expect.stringMatching(text) });

it("cuda starts where the package takes a GPU, and memory grows as it is needed", async () => {
  const { outcomes, allowGrowth } = await start("cuda", { STUB_TENSORFLOW: "gpu" });
  expect(outcomes).toEqual([{ device: expect.any(String) }]);
  expect(allowGrowth).toBe("true");
});

it("cuda is refused where the package loads and computes on the CPU, and native takes it", async () => {
  const { outcomes } = await start("cuda,native", { STUB_TENSORFLOW: "cpu" });
  expect(outcomes).toEqual([
    error(/^expected the cuda backend to work, but .*computes on the processor.*; run: pnpm setup:cuda$/),
    { device: expect.stringMatching(/TensorFlow$/) },
  ]);
});

it("a package that cannot be loaded is refused in one line that says why", async () => {
  const { outcomes } = await start("native", { STUB_TENSORFLOW: "throws" });
  expect(outcomes).toEqual([
    error(/cannot be loaded: libtensorflow_cc\.so\.2: cannot open.*; run: pnpm setup:native$/),
  ]);
});

it("a copy of the program without the package is told so, where TensorFlow is set up", async () => {
  const { outcomes } = await start("native", { STUB_TENSORFLOW: "cpu", STUB_PACKAGE: "/no/such/package" });
  expect(outcomes).toEqual([error(/comes without TensorFlow's kernels; take another backend$/)]);
});

it("a package that computes wrong numbers is refused", async () => {
  const { outcomes } = await start("native", { STUB_TENSORFLOW: "wrong" });
  expect(outcomes).toEqual([error(/it computes 0 where 64 is right/)]);
});

it("what Node 23 has removed is restored before the package is loaded", async () => {
  const removed = { STUB_TENSORFLOW: "gpu", REMOVE_FROM_NODE: "1" };
  expect((await start("bare", removed)).outcomes).toEqual([error(/isNullOrUndefined is not a function/)]);
  expect((await start("cuda", removed)).outcomes).toEqual([{ device: expect.any(String) }]);
});

it("the package for GPUs has the files of the one that is used for both", () => {
  const folderOf = (name: string) =>
    dirname(createRequire(import.meta.url).resolve(`@tensorflow/${name}/package.json`));
  const [one, other] = [folderOf("tfjs-node"), folderOf("tfjs-node-gpu")];
  for (const part of ["binding", "dist/kernels"]) {
    const files = readdirSync(join(one, part)).filter((name) => /\.(js|cc|h)$/.test(name));
    expect(files.length).toBeGreaterThan(7);
    for (const file of files)
      expect(readFileSync(join(other, part, file)).equals(readFileSync(join(one, part, file))), file).toBe(
        true,
      );
  }
});
