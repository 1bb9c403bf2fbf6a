/**
 * The shader sampler: pictures drawn by the GPU, position after position, without TensorFlow.js.
 *
 * @module @pixelcnn/core/shader
 */

export type { Gpu, GpuAdapterInfo, GpuDevice } from "./gpu.ts";
export { requestShaderDevice, type ShaderAdapter, type ShaderDevice } from "./request-device.ts";
export { shaderSampler } from "./sampler.ts";
export { ShaderError, type ShaderErrorKind } from "./shader-error.ts";
