/** Writes src/samplers/incremental/simd/*.generated.ts: `pnpm --filter core build:kernels`. */
import { writeFile } from "node:fs/promises";
import { compileKernels } from "./compile-kernels.ts";

for (const { path, text } of await compileKernels()) await writeFile(path, text);
