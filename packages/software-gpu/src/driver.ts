/** SwiftShader, a Vulkan driver in software, as a headless Chromium for Linux on x64 brings it. */
import { join } from "node:path";
import { unpack } from "./unpack.ts";

/** Where there is none, apps take the machine's own GPU. */
export const hasSoftwareDriver = process.platform === "linux" && process.arch === "x64";

/**
 * The environment of a process in which Dawn finds the software driver and nothing but it. It must be there when the process
 * starts: the dynamic linker reads it then.
 *
 * @throws {Error} where {@link hasSoftwareDriver} is false.
 */
export async function softwareDriver(): Promise<Record<string, string>> {
  if (!hasSoftwareDriver) {
    throw new Error(
      `expected Linux on x64 for the software driver, got ${process.platform} on ${process.arch}; take the machine's own GPU`,
    );
  }
  const folder = await unpack("swiftshader.tar.br");
  return {
    VK_DRIVER_FILES: join(folder, "vk_swiftshader_icd.json"),
    LD_LIBRARY_PATH: folder,
    PIXELCNN_SOFTWARE_GPU: "1",
  };
}
