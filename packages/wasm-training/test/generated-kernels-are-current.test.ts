import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { compileKernels, generatedFile } from "../scripts/compile-kernels.ts";

test("src/kernels.generated.ts is what assembly/ compiles to", { timeout: 60_000 }, async () => {
  const isCurrent = (await readFile(generatedFile, "utf8")) === (await compileKernels());
  expect(isCurrent, "run `pnpm --filter wasm-training build:kernels`").toBe(true);
});
