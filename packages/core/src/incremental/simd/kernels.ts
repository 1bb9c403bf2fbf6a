/**
 * The compiled kernels: relaxed SIMD (one rounding a multiply-add) where the engine has it, else plain SIMD. Compiled once,
 * asynchronously, because browsers refuse to compile larger modules synchronously on a page's main thread.
 */
import { kernelModules } from "./kernels.generated.ts";
import { type WasmMemory, type WasmModule, webAssembly } from "./web-assembly.ts";

/** Instructions that the kernels are compiled for: `simd`, or `relaxedSimd`, whose multiply-adds round once. */
export type KernelVariant = keyof typeof kernelModules;

/** What kernels/index.ts exports: addresses in bytes and counts in, nothing out. */
export interface KernelFunctions {
  runTiles(...addressesAndCounts: number[]): void;
  runStrips(...addressesAndCounts: number[]): void;
  exponentialTiles(...addressesAndCounts: number[]): void;
  exponentialStrips(...addressesAndCounts: number[]): void;
}

const compiled = new Map<KernelVariant, Promise<WasmModule>>();

/** The best variant that this engine runs; null when it has no WebAssembly SIMD. */
export function bestVariant(): KernelVariant | null {
  return supports("relaxedSimd") ? "relaxedSimd" : supports("simd") ? "simd" : null;
}

const supported = new Map<KernelVariant, boolean>();

function supports(variant: KernelVariant): boolean {
  let answer = supported.get(variant);
  if (answer === undefined) {
    answer = webAssembly?.validate(decode(kernelModules[variant])) ?? false;
    supported.set(variant, answer);
  }
  return answer;
}

/** Binds the kernels to a memory. */
export async function bindKernels(variant: KernelVariant, memory: WasmMemory): Promise<KernelFunctions> {
  let module = compiled.get(variant);
  if (module === undefined) {
    module = webAssembly!.compile(decode(kernelModules[variant]));
    compiled.set(variant, module);
  }
  const instance = await webAssembly!.instantiate(await module, { env: { memory } });
  return instance.exports as unknown as KernelFunctions;
}

function decode(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}
