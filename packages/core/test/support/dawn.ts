/** GPU devices for tests in Node: SwiftShader where there is a driver of it, else the machine's own GPU. */
import { hasSoftwareDriver } from "@pixelcnn/software-gpu";
import { afterAll } from "vitest";
import { create } from "webgpu";
import { type GpuDevice, requestShaderDevice } from "../../src/samplers/shader/index.ts";

/** Dawn's `navigator.gpu`. */
export const gpu = create([]);

/** A device with the default limits, destroyed after the file's tests. */
export async function openDevice(): Promise<GpuDevice> {
  const { device } = await requestShaderDevice(gpu, { software: hasSoftwareDriver });
  afterAll(() => device.destroy());
  return device;
}

/** The same device, of which some properties are others. */
export function withChanges(device: GpuDevice, changes: Partial<GpuDevice>): GpuDevice {
  return new Proxy(device, {
    get(target, key) {
      if (key in changes) return changes[key as keyof GpuDevice];
      const value = target[key as keyof GpuDevice] as unknown;
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}
