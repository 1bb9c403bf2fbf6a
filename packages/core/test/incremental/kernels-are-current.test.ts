import { readFile } from "node:fs/promises";
import { expect, it } from "vitest";
import { compileKernels, generatedFile } from "../../scripts/compile-kernels.ts";

it("the generated module is what kernels/ compiles to (else: pnpm --filter core build:kernels)", async () => {
  // Not toBe: a failure would print two modules in base64.
  expect((await readFile(generatedFile, "utf8")) === (await compileKernels())).toBe(true);
}, 60_000);
