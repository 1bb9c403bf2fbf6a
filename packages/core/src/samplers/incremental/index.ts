/** The incremental reader's single versions, for who compares them; {@link incrementalReader} chooses the best by itself. */
export { incrementalReader, simdReader } from "./reader.ts";
export { scalarReader } from "./scalar-reader.ts";
export { bestVariant, type KernelVariant } from "./simd/kernels.ts";
