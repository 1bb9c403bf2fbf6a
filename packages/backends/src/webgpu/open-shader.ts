/** The shader sampler on the GPU that Dawn finds. */
import type { Sampler } from "@pixelcnn/core";
import { requestShaderDevice, ShaderError, shaderSampler } from "@pixelcnn/core/shader";
import { BackendError } from "../backend-error.ts";
import { INSTALL_DRIVER, openDawn } from "./dawn.ts";
import { USE_SOFTWARE, wantsSoftware } from "./software-gpu.ts";

/** A software GPU where the environment asks for one. @throws {BackendError} when there is no such GPU. */
export async function openShader(): Promise<Sampler> {
  try {
    return await open(wantsSoftware());
  } catch (error) {
    if (!(error instanceof ShaderError)) throw error;
    const fix = /software/.test(error.message) && !wantsSoftware() ? USE_SOFTWARE : INSTALL_DRIVER;
    throw new BackendError(`--sampler shader: ${error.message}, or ${fix}`, { cause: error });
  }
}

/** On a hardware GPU; null where there is none. */
export async function findShader(): Promise<Sampler | null> {
  try {
    return await open(false);
  } catch (error) {
    if (error instanceof ShaderError || error instanceof BackendError) return null;
    throw error;
  }
}

async function open(software: boolean): Promise<Sampler> {
  const { device } = await requestShaderDevice(await openDawn(), { software });
  return shaderSampler(device);
}
