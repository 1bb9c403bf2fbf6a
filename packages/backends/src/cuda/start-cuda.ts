/** An NVIDIA GPU: through XLA's CUDA plugin where that is set up, otherwise through TensorFlow. */
import { join } from "node:path";
import { BackendError } from "../backend-error.ts";
import { graphicsCard } from "../device-names.ts";
import type { Device, TrainingLimits } from "../engine.ts";
import { setupHint } from "../hints.ts";
import { startTensorflow } from "../tensorflow/start-tensorflow.ts";
import { findTensorflow, tensorflowFolder } from "../tensorflow/tensorflow-build.ts";
import { startWasm } from "../wasm/start-wasm.ts";
import { startXla, type XlaDevice } from "../xla/start-xla.ts";
import { limitsOf } from "../xla/training-limits.ts";
import { cudaOfDriver, loadOrRefuse } from "./cuda-libraries.ts";
import { type CudaPlugin, findCudaPlugin } from "./cuda-plugin.ts";

/** What computes, and with which limits it compiles whole training steps; null where it does not. */
export interface CudaDevice extends Device {
  readonly limits: TrainingLimits | null;
}

/** @throws {BackendError} when nothing is set up, a library or the driver is missing, or it does not compute on the GPU. */
export async function startCuda(): Promise<CudaDevice> {
  const plugin = findCudaPlugin();
  if (plugin !== null) {
    const { client, name, version } = await startCudaClient(plugin);
    const limits = limitsOf(client);
    await client.dispose();
    await startWasm(); // computes what is not compiled
    const memoryBytes = (await graphicsCard())?.memoryBytes ?? null;
    return { name, version, memoryBytes, limits };
  }
  const fix = `run: ${setupHint("cuda")}`;
  const binding = findTensorflow("cuda");
  if (binding === null)
    throw BackendError.of("cuda", "neither XLA's CUDA plugin nor TensorFlow is set up", fix);
  await cudaOfDriver();
  await loadOrRefuse(tensorflowFolder(binding));
  return { ...(await startTensorflow("cuda")), limits: null };
}

/**
 * A client of XLA on the GPU; the caller disposes of it.
 *
 * @param folder where the plugin lies, unless where it is set up.
 */
export async function startCudaClient(
  plugin: CudaPlugin | null = findCudaPlugin(),
  folder = plugin?.folder ?? "",
): Promise<XlaDevice> {
  const fix = `run: ${setupHint("cuda")}`;
  if (plugin === null) throw BackendError.of("cuda", "XLA's CUDA plugin is not set up", fix);
  await cudaOfDriver();
  await loadOrRefuse(folder);
  // Read by the plugin when it first compiles.
  const toolkit = `--xla_gpu_cuda_data_dir=${join(folder, plugin.toolkit)}`;
  const { XLA_FLAGS: told = "" } = process.env;
  if (!told.includes("xla_gpu_cuda_data_dir")) process.env.XLA_FLAGS = `${told} ${toolkit}`.trim();
  const started = await startXla(join(folder, plugin.file), "cuda");
  const card = await graphicsCard();
  return card === null ? started : { ...started, name: `${card.name}, XLA: ${started.name}` };
}
