/**
 * The compiled kernels: relaxed SIMD (one rounding a multiply-add) where the engine has it, else plain SIMD. Only the variant that
 * runs is loaded. Compiled once, asynchronously, because browsers refuse to compile larger modules synchronously on a page's main
 * thread.
 */
import { type WasmMemory, type WasmModule, webAssembly } from "./web-assembly.ts";

/** Instructions that the kernels are compiled for: `simd`, or `relaxedSimd`, whose multiply-adds round once. */
export type KernelVariant = "simd" | "relaxedSimd";

const loaders = {
  simd: () => import("./kernels-simd.generated.ts"),
  relaxedSimd: () => import("./kernels-relaxed-simd.generated.ts"),
} as const satisfies Record<KernelVariant, () => Promise<{ readonly kernels: string }>>;

/**
 * The smallest modules that need each variant: one function of type () → v128, which returns i32x4.splat(0), or
 * i8x16.relaxed_swizzle of two such vectors.
 */
const probes = {
  simd: functionOf([0x41, 0, 0xfd, 17]),
  relaxedSimd: functionOf([0x41, 0, 0xfd, 17, 0x41, 0, 0xfd, 17, 0xfd, 0x80, 0x02]),
} as const satisfies Record<KernelVariant, Uint8Array>;

/** What kernels/index.ts exports: addresses in bytes and counts in, nothing out. */
export interface KernelFunctions {
  runTiles(...addressesAndCounts: number[]): void;
  runStrips(...addressesAndCounts: number[]): void;
  exponentialTiles(...addressesAndCounts: number[]): void;
  exponentialStrips(...addressesAndCounts: number[]): void;
  drawMixtures(...addressesCountsAndNumbers: number[]): void;
}

const compiled = new Map<KernelVariant, Promise<WasmModule>>();

/** The best variant that this engine runs; null when it has no WebAssembly SIMD. */
export function bestVariant(): KernelVariant | null {
  return supports("relaxedSimd") ? "relaxedSimd" : supports("simd") ? "simd" : null;
}

const supported = new Map<KernelVariant, boolean>();

/** Does this engine run a variant? */
export function supports(variant: KernelVariant): boolean {
  let answer = supported.get(variant);
  if (answer === undefined) {
    answer = webAssembly?.validate(probes[variant]) ?? false;
    supported.set(variant, answer);
  }
  return answer;
}

/** Binds the kernels to a memory. */
export async function bindKernels(variant: KernelVariant, memory: WasmMemory): Promise<KernelFunctions> {
  let module = compiled.get(variant);
  if (module === undefined) {
    module = loaders[variant]().then(({ kernels }) => webAssembly!.compile(decode(kernels)));
    compiled.set(variant, module);
    // Who asks again loads it again: a page may have been offline.
    module.catch(() => compiled.delete(variant));
  }
  const instance = await webAssembly!.instantiate(await module, { env: { memory } });
  return instance.exports as unknown as KernelFunctions;
}

function decode(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

/** A WebAssembly module with one function: no parameters, one v128. */
function functionOf(instructions: readonly number[]): Uint8Array {
  const body = [0, ...instructions, 0x0b];
  const code = [1, body.length, ...body];
  return Uint8Array.of(
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0], // "\0asm", version 1
    ...[1, 5, 1, 0x60, 0, 1, 0x7b], // types: () → v128
    ...[3, 2, 1, 0], // functions: one, of type 0
    ...[10, code.length, ...code],
  );
}
