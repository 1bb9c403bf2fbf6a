import { readFile } from "node:fs/promises";
import { expect, it } from "vitest";
import { compileKernels } from "../../../scripts/compile-kernels.ts";

it("the generated modules are what kernels/ compiles to (else: pnpm --filter core build:kernels)", async () => {
  const files = await compileKernels();
  expect(files.length).toBe(8); // four modules of two variants
  // Not toBe: a failure would print a module in base64.
  for (const { path, text } of files) expect((await readFile(path, "utf8")) === text).toBe(true);
}, 60_000);
