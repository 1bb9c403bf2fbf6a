// @pixelcnn/wasm-engine: trains without TensorFlow.js.

export { Program } from "./compile.ts";
export { WasmEngine } from "./wasm-engine.ts";
