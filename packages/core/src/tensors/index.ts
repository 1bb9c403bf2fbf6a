/**
 * Computations on TensorFlow.js, and the samplers that need it. Register a backend first.
 *
 * @module @pixelcnn/core/tensors
 */

export { execute } from "./execute.ts";
export { fixedPointSampler } from "./fixed-point-sampler.ts";
export { type ForwardOptions, forward, type ParameterTensors } from "./forward.ts";
export { naiveSampler } from "./naive-sampler.ts";
export { disposeParameters, uploadParameters } from "./upload.ts";
