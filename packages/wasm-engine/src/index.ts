// @pixelcnn/wasm-engine: trains without TensorFlow.js.

export { Program, type TimedCall } from "./compile.ts";
export { type ProgramGradient, ProgramGradients } from "./program-gradients.ts";
export { WasmEngine } from "./wasm-engine.ts";
