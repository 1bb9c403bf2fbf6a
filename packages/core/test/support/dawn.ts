/** GPU devices for tests in Node: SwiftShader where there is a driver of it, else the machine's own GPU. */
import { hasSoftwareDriver } from "@pixelcnn/software-gpu";
import { afterAll } from "vitest";
import { create } from "webgpu";
// Not by its package, which is made of this one.
import { letDawnWait } from "../../../backends/src/webgpu/dawn-waits.ts";
import { type GpuDevice, requestShaderDevice } from "../../src/samplers/shader/index.ts";

letDawnWait();

/** Dawn's `navigator.gpu`. */
export const gpu = create([]);

/**
 * The same for shaders of ours, of which a driver in software compiles the half: without the clamp that Dawn lays around every index, and without the zeros
 * that it writes into a workgroup's memory. A shader that read beyond a buffer or before it wrote would draw other pictures here. Browsers compile both, and
 * so does a-browser-draws-the-same-pictures.
 */
const shaders = hasSoftwareDriver
  ? create(["enable-dawn-features=disable_robustness,disable_workgroup_init"])
  : gpu;

/** A device with the default limits, destroyed after the file's tests. */
export async function openDevice(): Promise<GpuDevice> {
  const { device } = await requestShaderDevice(shaders, { software: hasSoftwareDriver });
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
