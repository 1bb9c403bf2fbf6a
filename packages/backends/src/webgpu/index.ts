/**
 * The sampler that draws on a GPU. It needs no TensorFlow.js.
 *
 * @module @pixelcnn/backends/webgpu
 */

export { findShader, openShader } from "./open-shader.ts";
