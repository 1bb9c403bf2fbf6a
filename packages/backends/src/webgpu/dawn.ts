/** Dawn, the WebGPU of Chromium (npm `webgpu`). */
import { createRequire } from "node:module";
import { BackendError } from "../backend-error.ts";
import { installHint } from "../hints.ts";
import { whyNotLoadable } from "../shared-library.ts";
import { firstLine } from "../tensorflow-js/activate.ts";
import { letDawnWait } from "./dawn-waits.ts";
import { hasVulkanDriver } from "./vulkan-driver.ts";

/** What to do where no GPU is found. */
export const INSTALL_DRIVER =
  process.platform === "linux"
    ? "install your GPU's Vulkan driver (Debian: sudo apt install libvulkan1 mesa-vulkan-drivers)"
    : "update your GPU's driver";

/** Optional, as all platforms of Dawn come in one package of 132 MB. The second is what TensorFlow.js computes with on it. */
export const INSTALL_WEBGPU = installHint("webgpu", "@tensorflow/tfjs-backend-webgpu");

/** The entry to WebGPU, as a browser's `navigator.gpu`. @throws {BackendError} where there is none. */
export async function openDawn(): Promise<GPU> {
  if (!isInstalled())
    throw BackendError.of("webgpu", "the package webgpu is not installed", `install it: ${INSTALL_WEBGPU}`);
  // Dawn would say this on standard error, in four lines.
  const missing = process.platform === "linux" ? whyNotLoadable("libvulkan.so.1") : null;
  if (missing !== null) throw BackendError.of("webgpu", `Vulkan is not there (${missing})`, INSTALL_DRIVER);
  if (process.platform === "linux" && !(await hasVulkanDriver()))
    throw BackendError.of("webgpu", "Vulkan finds no GPU with a driver", INSTALL_DRIVER);
  try {
    const { create, globals } = await import("webgpu");
    Object.assign(globalThis, globals);
    letDawnWait();
    return create([]);
  } catch (error) {
    throw BackendError.of("webgpu", firstLine(error), `install it: ${INSTALL_WEBGPU}`, error);
  }
}

function isInstalled(): boolean {
  try {
    createRequire(import.meta.url).resolve("webgpu");
    return true;
  } catch {
    return false;
  }
}
