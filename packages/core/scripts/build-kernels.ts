/** Writes src/incremental/simd/kernels.generated.ts: `pnpm --filter core build:kernels`. */
import { writeFile } from "node:fs/promises";
import { compileKernels, generatedFile } from "./compile-kernels.ts";

await writeFile(generatedFile, await compileKernels());
