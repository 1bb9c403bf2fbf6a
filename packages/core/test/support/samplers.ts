/** The incremental samplers that this engine runs, by name. */
import { setFlagsFromString } from "node:v8";
import { simdSampler } from "../../src/samplers/incremental/sampler.ts";
import { scalarSampler } from "../../src/samplers/incremental/scalar-sampler.ts";
import type { Sampler } from "../../src/samplers/sampler.ts";

// Node 20 keeps relaxed SIMD behind a flag; later versions ignore it or have it on.
if (Number(process.versions.node.split(".")[0]) < 22) setFlagsFromString("--experimental-wasm-relaxed-simd");

export const simdReaders = { simd: simdSampler("simd"), "relaxed SIMD": simdSampler("relaxedSimd") };

export const incrementalSamplers: Readonly<Record<string, Sampler>> = {
  scalar: scalarSampler,
  ...simdReaders,
};
