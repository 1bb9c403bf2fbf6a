/**
 * Trains without TensorFlow.js.
 *
 * @module @pixelcnn/wasm-engine
 */

export { Program, type TimedCall } from "./compile.ts";
export { type ProgramGradient, ProgramGradients } from "./program-gradients.ts";
export { WasmEngine } from "./wasm-engine.ts";
