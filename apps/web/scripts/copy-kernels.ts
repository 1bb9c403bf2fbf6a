/** Puts the incremental sampler's kernels as files to where the workers ask for them. */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { kernelBytes } from "@pixelcnn/core/incremental";

const target = fileURLToPath(new URL("../src/workers/kernels", import.meta.url));

await mkdir(target, { recursive: true });
for (const variant of ["simd", "relaxedSimd"] as const) {
  for (const part of ["layers", "attention", "cells", "mixtures"] as const) {
    await writeFile(join(target, `${variant}-${part}.wasm`), await kernelBytes(variant, part));
  }
}
