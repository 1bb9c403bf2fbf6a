import type { KernelFunctions } from "./kernel-module.ts";
import type { WasmBackend } from "./wasm-backend.ts";

/** The backend and its bound kernels. */
export interface Machine {
  readonly backend: WasmBackend;
  readonly functions: KernelFunctions;
}
