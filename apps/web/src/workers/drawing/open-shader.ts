/**
 * The shader sampler of core, loaded only when a GPU is asked for. In a worker of its own the GPU is never waited for on the
 * page's thread.
 */
import type { Sampler } from "@pixelcnn/core";
import type { Gpu } from "@pixelcnn/core/shader";
import { factOf } from "./fact-of.ts";

/** A sampler on a GPU, or the sentence that says why there is none. */
export type ShaderAnswer =
  | {
      readonly sampler: Sampler;
      readonly adapter: string;
      readonly isSoftware: boolean;
      /** Fulfilled with a sentence when the device goes away by itself. */
      readonly lost: Promise<string>;
    }
  | { readonly sampler: null; readonly reason: string };

/** @param acceptSoftware take a GPU that the processor imitates, when there is no other. */
export async function openShader(acceptSoftware: boolean): Promise<ShaderAnswer> {
  const { gpu } = navigator as { readonly gpu?: Gpu };
  if (gpu === undefined)
    return { sampler: null, reason: "This browser lets no page use the graphics chip: it has no WebGPU." };
  const { requestShaderDevice, shaderSampler } = await import("@pixelcnn/core/shader");
  const request = () =>
    requestShaderDevice(gpu).catch((error) => {
      if (acceptSoftware) return requestShaderDevice(gpu, { software: true });
      throw error;
    });
  try {
    const { device, adapter } = await request();
    return {
      sampler: shaderSampler(device),
      adapter: adapter.description,
      isSoftware: adapter.isSoftware,
      lost: device.lost.then(({ message }) => `The GPU went away${message ? ` (${message})` : ""}.`),
    };
  } catch (error) {
    const fact = factOf(error).replace(/^expected a GPU through WebGPU, got /, "");
    return { sampler: null, reason: `There is no graphics chip to draw with: ${fact}.` };
  }
}
