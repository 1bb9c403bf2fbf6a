// @pixelcnn/backends/webgpu: the sampler that draws on a GPU. It needs no TensorFlow.js.

export { findShader, openShader } from "./open-shader.ts";
