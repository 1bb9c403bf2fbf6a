/**
 * The pinned arithmetic: which float32 numbers a model's activations, logits and draws are, bit for bit, on every machine. Both plain
 * WebAssembly SIMD and the scalar sampler's TypeScript (samplers/incremental/) compute it; docs/pinned-arithmetic.md says it in full.
 * Whoever keeps numbers that must be made again elsewhere keeps this id beside them.
 *
 * Another bit anywhere is another arithmetic and takes another id: test/samplers/incremental/the-arithmetic-is-pinned.test.ts.
 */
export const PINNED_ARITHMETIC = "pixelcnn-f32-1";
