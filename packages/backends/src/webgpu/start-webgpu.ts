/**
 * Any GPU with a Vulkan, Metal or Direct3D 12 driver, through Dawn, the WebGPU of Chromium (npm `webgpu`). A software adapter
 * is taken only when `PIXELCNN_SOFTWARE_GPU=1` asks for it: it is correct, and far slower than wasm.
 */
import { BackendError } from "../backend-error.ts";
import type { Device } from "../engine.ts";
import { activate, firstLine, quietly, tensorflowJs } from "../tensorflow-js/activate.ts";
import { INSTALL_DRIVER, INSTALL_WEBGPU, openDawn } from "./dawn.ts";
import { USE_SOFTWARE, wantsSoftware } from "./software-gpu.ts";

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
  const software = wantsSoftware();
  const gpu = await openDawn();
  const adapter = await gpu.requestAdapter({
    powerPreference: "high-performance",
    forceFallbackAdapter: software,
  });
  if (adapter === null) throw BackendError.of("webgpu", "Dawn finds no GPU with a driver", INSTALL_DRIVER);
  const { info, limits } = adapter;
  if (info.isFallbackAdapter && !software)
    throw BackendError.of("webgpu", `the only GPU is software (${nameOf(info)})`, USE_SOFTWARE);
  const device = await adapter.requestDevice({
    requiredLimits: Object.fromEntries(LIMITS.map((limit) => [limit, limits[limit]])),
  });
  await register(gpu, device, info);
  await activate("webgpu", "webgpu", INSTALL_DRIVER);
  // Without a listener a fault on the GPU would only be a line on standard error, and the numbers wrong.
  device.addEventListener("uncapturederror", (event) => {
    throw new Error(`WebGPU: ${(event as GPUUncapturedErrorEvent).error.message}`);
  });
  return { name: nameOf(info), version: tensorflowJs, memoryBytes: null };
}

/** The package registers a backend of its own only where it finds `navigator.gpu` at its import, and asks for any adapter. */
async function register(gpu: GPU, device: GPUDevice, info: GPUAdapterInfo): Promise<void> {
  const { registerBackend } = await import("@tensorflow/tfjs-core");
  const { WebGPUBackend } = await quietly(() => import("@tensorflow/tfjs-backend-webgpu")).catch((error) => {
    throw BackendError.of("webgpu", firstLine(error), `install it: ${INSTALL_WEBGPU}`, error);
  });
  const { navigator } = globalThis as { navigator?: object };
  if (navigator === undefined) Object.assign(globalThis, { navigator: { gpu } });
  else Object.defineProperty(navigator, "gpu", { value: gpu, configurable: true });
  registerBackend("webgpu", () => new WebGPUBackend(device, info));
}

function nameOf({ vendor, architecture, device, description }: GPUAdapterInfo): string {
  return description || device || [vendor, architecture].filter(Boolean).join(" ") || "a GPU without a name";
}
