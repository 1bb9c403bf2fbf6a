/** Dawn, the WebGPU of Chromium (npm `webgpu`). */
import { installInvocation } from "../invocation.ts";
import { firstLine } from "./activate.ts";
import { BackendError } from "./backend-error.ts";
import { whyNotLoadable } from "./shared-library.ts";
import { hasVulkanDriver } from "./vulkan-driver.ts";

export const INSTALL_DRIVER =
  process.platform === "linux"
    ? "install your GPU's Vulkan driver (Debian: sudo apt install libvulkan1 mesa-vulkan-drivers)"
    : "update your GPU's driver";

/** The entry to WebGPU, as a browser's `navigator.gpu`. @throws {BackendError} where there is none. */
export async function openDawn(): Promise<GPU> {
  // Dawn would say this on standard error, in four lines.
  const missing = process.platform === "linux" ? whyNotLoadable("libvulkan.so.1") : null;
  if (missing !== null) throw new BackendError("webgpu", `Vulkan is not there (${missing})`, INSTALL_DRIVER);
  if (process.platform === "linux" && !(await hasVulkanDriver()))
    throw new BackendError("webgpu", "Vulkan finds no GPU with a driver", INSTALL_DRIVER);
  try {
    const { create, globals } = await import("webgpu");
    Object.assign(globalThis, globals);
    return create([]);
  } catch (error) {
    throw new BackendError("webgpu", firstLine(error), `install it: ${installInvocation("webgpu")}`, {
      cause: error,
    });
  }
}
