// Writes src/kernels.generated.ts: the modules of assembly/, compiled and in base64.
// `pnpm --filter wasm-training build:kernels`

import { writeFile } from "node:fs/promises";
import { compileKernels, generatedFile } from "./compile-kernels.ts";

await writeFile(generatedFile, await compileKernels());
