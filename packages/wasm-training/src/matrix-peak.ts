// The practical ceiling of one core, in the same module as the kernels that are compared with it.

import { bindKernels } from "./kernel-module.ts";
import { registeredBackend } from "./register-training-kernels.ts";
import { heapMemory, withScratch } from "./wasm-backend.ts";

/** 4 KiB on the left and 8 KiB on the right: together inside any first-level cache. */
const depth = 256;

/** Passes a run, 5 to 10 ms; the fastest of the runs counts, since other processes can only slow one down. */
const repeats = 16384;
const runs = 40;

/**
 * @returns GFLOP/s of a 4×8 register tile of a matrix product whose packed operands stay in the first-level cache.
 *   Takes 0.2 to 0.4 s.
 * @throws {WasmTrainingError} if the wasm backend is not initialised.
 */
export function measureMatrixPeak(): number {
  const backend = registeredBackend();
  const { functions } = bindKernels(backend);
  return withScratch(backend, [depth * 4 * 4, depth * 8 * 4, 32 * 4], (left, right, out) => {
    const heap = heapMemory(backend).buffer;
    new Float32Array(heap, left!, depth * 4).fill(1e-6);
    new Float32Array(heap, right!, depth * 8).fill(1e-6);
    new Float32Array(heap, out!, 32).fill(0);
    let bestMs = Number.POSITIVE_INFINITY;
    for (let run = 0; run < runs; run++) {
      const startMs = performance.now();
      functions.matrixPeak(left!, right!, depth, repeats, out!);
      bestMs = Math.min(bestMs, performance.now() - startMs);
    }
    return (64 * depth * repeats) / bestMs / 1e6;
  });
}
