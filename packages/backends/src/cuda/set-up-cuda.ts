/** Puts XLA's CUDA plugin and NVIDIA's libraries into the user's cache; or TensorFlow's build for GPUs, where that is wanted. */
import { rm } from "node:fs/promises";
import { BackendError } from "../backend-error.ts";
import type { SetupOptions } from "../engine.ts";
import { setUpTensorflow } from "../tensorflow/set-up-tensorflow.ts";
import { tensorflowHere } from "../tensorflow/tensorflow-build.ts";
import { setUpWheels } from "../wheels/set-up-wheels.ts";
import { cudaOfDriver, loadOrRefuse } from "./cuda-libraries.ts";
import { type CudaMajor, cudaFor, cudaPlugin, cudaPlugins, findCudaPlugin } from "./cuda-plugin.ts";

/**
 * @returns the plugin's file, or the binding's; null after `remove`
 * @throws {BackendError} one line that says what is missing: the driver, before anything is fetched
 */
export async function setUpCuda(options: SetupOptions): Promise<string | null> {
  if (options.remove) return removeAll(options);
  const refused = `expected a machine that CUDA's libraries are pinned for (Linux on x64), got ${process.platform} on ${process.arch}; use --backend webgpu`;
  if (options.tensorflow) {
    if (tensorflowHere("cuda") === undefined) throw new BackendError(refused);
    return setUpTensorflow("cuda", options, { check: seeDriver, load: loadOrRefuse });
  }
  const present = options.force ? null : findCudaPlugin();
  const plugin = present ?? cudaPlugin(await seeDriver());
  if (plugin === undefined) throw new BackendError(refused);
  return setUpWheels(plugin, options, {
    build: async (content) => {
      const { startCudaClient } = await import("./start-cuda.ts");
      const { client, name } = await startCudaClient(plugin, content);
      await client.dispose();
      return name;
    },
  });
}

/** The newest CUDA that there is something for and the driver can do. @throws {BackendError} when there is none */
async function seeDriver(): Promise<CudaMajor> {
  return cudaFor(await cudaOfDriver());
}

async function removeAll({ line }: SetupOptions): Promise<null> {
  for (const { folder } of [...cudaPlugins(), tensorflowHere("cuda")].filter((set) => set !== undefined)) {
    await rm(folder, { recursive: true, force: true });
    line(`removed ${folder}`);
  }
  return null;
}
