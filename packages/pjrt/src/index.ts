/**
 * A typed client of the PJRT C API.
 *
 * @module @pixelcnn/pjrt
 */

export { Client } from "./client.ts";
export type { ClientOptions } from "./client-options.ts";
export type { CompileOptions } from "./compile-options.ts";
export { Device, type DeviceMemory } from "./device.ts";
export { DeviceBuffer } from "./device-buffer.ts";
export type { ElementType, HostArray } from "./element-type.ts";
export { PjrtError, PluginCallError, PluginError, UsageError } from "./errors.ts";
export { Executable, type ExecuteOptions } from "./executable.ts";
export { Plugin } from "./plugin.ts";
