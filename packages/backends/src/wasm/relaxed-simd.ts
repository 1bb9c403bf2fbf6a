import { setFlagsFromString } from "node:v8";

/** Node 20 knows relaxed SIMD, a fused multiply-add, but keeps it behind a flag; later releases have it on. */
const FIRST_NODE_WITH_IT = 22;

/** Turns it on; before any WebAssembly is compiled: what an engine can do is asked once. */
export function enableRelaxedSimd(): void {
  const major = Number(process.versions.node.split(".")[0]);
  if (major < FIRST_NODE_WITH_IT) setFlagsFromString("--experimental-wasm-relaxed-simd");
}
