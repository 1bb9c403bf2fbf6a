/**
 * The compiled kernels: relaxed SIMD (one rounding a multiply-add) where the engine has it, else plain SIMD. Only the variant that
 * runs is loaded, and of it the modules that a model needs. Compiled once, asynchronously, because browsers refuse to compile larger modules synchronously on a page's main
 * thread.
 */
import { type WasmMemory, type WasmModule, webAssembly } from "./web-assembly.ts";

/** Instructions that the kernels are compiled for: `simd`, or `relaxedSimd`, whose multiply-adds round once. */
export type KernelVariant = "simd" | "relaxedSimd";

/** What of the kernels a model may need: those of every network, and three more modules. */
export type KernelPart = "layers" | "attention" | "cells" | "mixtures";

const loaders = {
  simd: {
    layers: () => import("./kernels-simd.generated.ts"),
    attention: () => import("./attention-kernels-simd.generated.ts"),
    cells: () => import("./cell-kernels-simd.generated.ts"),
    mixtures: () => import("./mixture-kernels-simd.generated.ts"),
  },
  relaxedSimd: {
    layers: () => import("./kernels-relaxed-simd.generated.ts"),
    attention: () => import("./attention-kernels-relaxed-simd.generated.ts"),
    cells: () => import("./cell-kernels-relaxed-simd.generated.ts"),
    mixtures: () => import("./mixture-kernels-relaxed-simd.generated.ts"),
  },
} as const satisfies Record<KernelVariant, Record<KernelPart, () => Promise<{ readonly kernels: string }>>>;

/** Where modules come from: the bytes of a part, compiled for a variant. */
export type KernelSource = (variant: KernelVariant, part: KernelPart) => Promise<Uint8Array<ArrayBuffer>>;

let source: KernelSource = kernelBytes;

/**
 * Takes modules from elsewhere from now on: a site serves them as files, a third smaller than in base64. They must be those of
 * {@link kernelBytes}.
 */
export function takeKernelsFrom(other: KernelSource): void {
  source = other;
}

/** A module that comes with this package. */
export async function kernelBytes(
  variant: KernelVariant,
  part: KernelPart,
): Promise<Uint8Array<ArrayBuffer>> {
  return decode((await loaders[variant][part]()).kernels);
}

/**
 * The smallest modules that need each variant: one function of type () → v128, which returns i32x4.splat(0), or
 * i8x16.relaxed_swizzle of two such vectors.
 */
const probes = {
  simd: functionOf([0x41, 0, 0xfd, 17]),
  relaxedSimd: functionOf([0x41, 0, 0xfd, 17, 0x41, 0, 0xfd, 17, 0xfd, 0x80, 0x02]),
} as const satisfies Record<KernelVariant, Uint8Array>;

/** What the modules of kernels/ export, index.ts first: addresses in bytes and counts in, nothing out. Of parts that were not asked for nothing is there. */
export interface KernelFunctions {
  runTiles(...addressesAndCounts: number[]): void;
  runStrips(...addressesAndCounts: number[]): void;
  exponentialTiles(...addressesAndCounts: number[]): void;
  exponentialStrips(...addressesAndCounts: number[]): void;
  runAttentionTiles(...addressesAndCounts: number[]): void;
  runAttentionStrips(...addressesAndCounts: number[]): void;
  runCells(...addressesAndCounts: number[]): void;
  drawMixtures(...addressesCountsAndNumbers: number[]): void;
}

/** By variant and part. */
const compiled = new Map<string, Promise<WasmModule>>();

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
export async function bindKernels(
  variant: KernelVariant,
  memory: WasmMemory,
  parts: readonly KernelPart[],
): Promise<KernelFunctions> {
  const modules = await Promise.all(parts.map((part) => compiledPart(variant, part)));
  const instances = await Promise.all(
    modules.map((module) => webAssembly!.instantiate(module, { env: { memory } })),
  );
  return Object.assign({}, ...instances.map(({ exports }) => exports));
}

function compiledPart(variant: KernelVariant, part: KernelPart): Promise<WasmModule> {
  const key = `${variant} ${part}`;
  let module = compiled.get(key);
  if (module === undefined) {
    module = source(variant, part).then((bytes) => webAssembly!.compile(bytes));
    compiled.set(key, module);
    // Who asks again loads it again: a page may have been offline.
    module.catch(() => compiled.delete(key));
  }
  return module;
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
