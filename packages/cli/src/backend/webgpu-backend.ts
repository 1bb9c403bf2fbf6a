/**
 * Any GPU with a Vulkan, Metal or Direct3D 12 driver, through Dawn, the WebGPU of Chromium (npm `webgpu`). A software adapter
 * is taken only when `PIXELCNN_SOFTWARE_GPU=1` asks for it: it is correct, and far slower than wasm.
 */
import { activate, firstLine } from "./activate.ts";
import { BackendError } from "./backend-error.ts";
import type { Device } from "./choose-backend.ts";
import { quietly } from "./quietly.ts";
import { whyNotLoadable } from "./shared-library.ts";

const INSTALL_DRIVER =
  process.platform === "linux"
    ? "install your GPU's Vulkan driver (Debian: sudo apt install libvulkan1 mesa-vulkan-drivers)"
    : "update your GPU's driver";
const USE_SOFTWARE = "set PIXELCNN_SOFTWARE_GPU=1 to use it all the same";

/** Limits that the kernels of TensorFlow.js make use of where the GPU has more than WebGPU's minimum. */
const LIMITS = [
  "maxComputeWorkgroupStorageSize",
  "maxComputeWorkgroupsPerDimension",
  "maxStorageBufferBindingSize",
  "maxBufferSize",
  "maxComputeWorkgroupSizeX",
  "maxComputeInvocationsPerWorkgroup",
] as const;

export async function startWebgpu(): Promise<Device> {
  const software = process.env.PIXELCNN_SOFTWARE_GPU === "1";
  const gpu = await openDawn();
  const adapter = await gpu.requestAdapter({
    powerPreference: "high-performance",
    forceFallbackAdapter: software,
  });
  if (adapter === null) throw new BackendError("webgpu", "Dawn finds no GPU with a driver", INSTALL_DRIVER);
  const { info, limits } = adapter;
  if (info.isFallbackAdapter && !software)
    throw new BackendError("webgpu", `the only GPU is software (${nameOf(info)})`, USE_SOFTWARE);
  const device = await adapter.requestDevice({
    requiredLimits: Object.fromEntries(LIMITS.map((limit) => [limit, limits[limit]])),
  });
  await register(gpu, device, info);
  await activate("webgpu", "webgpu", INSTALL_DRIVER);
  // Without a listener a fault on the GPU would only be a line on standard error, and the numbers wrong.
  device.addEventListener("uncapturederror", (event) => {
    throw new Error(`WebGPU: ${(event as GPUUncapturedErrorEvent).error.message}`);
  });
  return { name: nameOf(info) };
}

/** The entry to WebGPU, as a browser's `navigator.gpu`. @throws {BackendError} where there is none. */
async function openDawn(): Promise<GPU> {
  // Dawn would say this on standard error, in four lines.
  const missing = process.platform === "linux" ? whyNotLoadable("libvulkan.so.1") : null;
  if (missing !== null) throw new BackendError("webgpu", `Vulkan is not there (${missing})`, INSTALL_DRIVER);
  try {
    const { create, globals } = await import("webgpu");
    Object.assign(globalThis, globals);
    return create([]);
  } catch (error) {
    throw new BackendError("webgpu", firstLine(error), "install the packages: pnpm install", {
      cause: error,
    });
  }
}

/** The package registers a backend of its own only where it finds `navigator.gpu` at its import, and asks for any adapter. */
async function register(gpu: GPU, device: GPUDevice, info: GPUAdapterInfo): Promise<void> {
  const { registerBackend } = await import("@tensorflow/tfjs-core");
  const { WebGPUBackend } = await quietly(() => import("@tensorflow/tfjs-backend-webgpu"));
  const { navigator } = globalThis as { navigator?: object };
  if (navigator === undefined) Object.assign(globalThis, { navigator: { gpu } });
  else Object.defineProperty(navigator, "gpu", { value: gpu, configurable: true });
  registerBackend("webgpu", () => new WebGPUBackend(device, info));
}

function nameOf({ vendor, architecture, device, description }: GPUAdapterInfo): string {
  return description || device || [vendor, architecture].filter(Boolean).join(" ") || "a GPU without a name";
}
