/** TensorFlow.js's WebGPU backend on Dawn, registered as an app has to do it. */
import { ready, registerBackend, setBackend } from "@tensorflow/tfjs-core";
import { globals } from "webgpu";
import { gpu } from "./dawn.ts";

/** Makes `webgpu` the current backend. */
export async function useWebgpu(): Promise<void> {
  const adapter = (await gpu.requestAdapter({ powerPreference: "high-performance" }))!;
  const device = await adapter.requestDevice();
  Object.assign(globalThis, globals);
  // At its import the package registers a backend of its own where it finds a GPU; only later it needs to find one.
  const { WebGPUBackend } = await import("@tensorflow/tfjs-backend-webgpu");
  const { navigator } = globalThis as { navigator?: object };
  if (navigator === undefined) Object.assign(globalThis, { navigator: { gpu } });
  else Object.defineProperty(navigator, "gpu", { value: gpu, configurable: true });
  registerBackend("webgpu", () => new WebGPUBackend(device, adapter.info));
  if (!(await setBackend("webgpu"))) throw new Error("expected the webgpu backend to start, it did not");
  await ready();
}
