import { cpSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { fetchBinaries } from "../src/tensorflow/fetch-binaries.ts";
import { isBuilt } from "../src/tensorflow/tensorflow-package.ts";
import { runInProcess } from "./support/run-in-a-process.ts";
import type { Outcome } from "./support/start-in-a-process.ts";
import { temporaryFolder } from "./support/temporary-folder.ts";

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
    error(/^expected the cuda backend to work, but .*computes on the CPU.*; run: pnpm setup:cuda$/),
    { device: expect.stringMatching(/TensorFlow$/) },
  ]);
});

it("a package that cannot be loaded is refused in one line that says why", async () => {
  const { outcomes } = await start("native", { STUB_TENSORFLOW: "throws" });
  expect(outcomes).toEqual([
    error(/cannot be loaded: libtensorflow\.so\.2: cannot open.*; run: pnpm setup:native$/),
  ]);
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

/** The stub as it is before its build script has run. */
function unbuiltStub(): string {
  const folder = join(temporaryFolder(), "stub");
  cpSync(fileURLToPath(new URL("support/stub-tensorflow", import.meta.url)), folder, { recursive: true });
  rmSync(join(folder, "lib"), { recursive: true });
  return folder;
}

it("a package without binaries is built by its own script", async () => {
  const folder = unbuiltStub();
  expect(isBuilt(folder)).toBe(false);
  process.env.STUB_INSTALL = "works";
  await fetchBinaries(folder);
  expect(isBuilt(folder)).toBe(true);
});

it("a build script that fails gives one line with its error and what to do", async () => {
  process.env.STUB_INSTALL = "getaddrinfo ENOTFOUND storage.googleapis.com";
  await expect(fetchBinaries(unbuiltStub())).rejects.toThrow(
    /^expected the build script of stub-tensorflow .*got: Error: getaddrinfo ENOTFOUND storage\.googleapis\.com; .*run it again$/,
  );
});

async function setUp(backend: string, behaviour: string): Promise<string[]> {
  const environment = { STUB_TENSORFLOW: behaviour };
  const { code, stdout, stderr } = await runInProcess("set-up-in-a-process.ts", [backend], environment);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return stdout.trimEnd().split("\n");
}

it("setting up cuda loads driver, CUDA and cuDNN one by one, and sees the GPU compute", async () => {
  const lines = await setUp("cuda", "gpu");
  for (const part of ["NVIDIA driver", "CUDA 11\\.2", "cuDNN 8\\.1"])
    expect(lines).toContainEqual(expect.stringMatching(new RegExp(`^[✓✗] ${part}: .*(lib|dll)`)));
  expect(lines.at(-1)).toMatch(/^✓ cuda computes on .*; use it with --backend cuda$/);
});

it("setting up cuda without a GPU explains custom-binary.json and ends in one line", async () => {
  const lines = await setUp("cuda", "cpu");
  expect(lines).toContainEqual(expect.stringMatching(/scripts.custom-binary\.json$/));
  expect(lines.at(-1)).toMatch(/^expected (to find .*libcuda|the cuda backend to work)/);
});

it("setting up native says on which processor it computes", async () => {
  expect((await setUp("native", "cpu")).at(-1)).toMatch(
    /^✓ native computes on .*; use it with --backend native$/,
  );
});
