/**
 * Training as programs that XLA compiles whole.
 *
 * @module @pixelcnn/xla
 */

export { type Precision, precisionsOf } from "./stablehlo/precision.ts";
export { type PrintOptions, printModule } from "./stablehlo/print-module.ts";
export { XlaEngine, type XlaOptions } from "./xla-engine.ts";
export { XlaError } from "./xla-error.ts";
