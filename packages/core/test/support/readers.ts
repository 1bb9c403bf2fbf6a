/** The incremental readers that this engine runs, by name. */
import { setFlagsFromString } from "node:v8";
import { simdReader } from "../../src/samplers/incremental/reader.ts";
import { scalarReader } from "../../src/samplers/incremental/scalar-reader.ts";
import type { Reader } from "../../src/samplers/sampler.ts";

// Node 20 keeps relaxed SIMD behind a flag; later versions ignore it or have it on.
if (Number(process.versions.node.split(".")[0]) < 22) setFlagsFromString("--experimental-wasm-relaxed-simd");

export const simdReaders = { simd: simdReader("simd"), "relaxed SIMD": simdReader("relaxedSimd") };

export const incrementalReaders: Readonly<Record<string, Reader>> = { scalar: scalarReader, ...simdReaders };
