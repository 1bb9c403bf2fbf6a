/**
 * TensorFlow itself, in C++: `cuda` on an NVIDIA GPU, `native` on the processor, from two packages with the same surface.
 */
import { backend as currentBackend } from "@tensorflow/tfjs-core";
import { BackendError } from "../backend-error.ts";
import { graphicsCard, processorName } from "../device-names.ts";
import type { Device } from "../engine.ts";
import { installHint, setupHint } from "../hints.ts";
import { activate, firstLine, quietly } from "../tensorflow-js/activate.ts";
import { loadCudaLibraries, missingCuda } from "./cuda-libraries.ts";
import {
  isBuilt,
  loadPackage,
  packageFolder,
  type TensorflowBackend,
  tensorflowPackages,
} from "./tensorflow-package.ts";

/** Both packages register the same backend, so a process holds one of them. */
let loaded: string | null = null;

/**
 * @param packageName where to find the package, its folder if it lies nowhere that Node looks.
 * @throws {BackendError} when it is not there, cannot be loaded, or computes elsewhere than it should.
 */
export async function startTensorflow(
  backend: TensorflowBackend,
  packageName: string = tensorflowPackages[backend],
): Promise<Device> {
  const fix = `run: ${setupHint(backend)}`;
  await load(backend, packageName, fix);
  await activate(backend, "tensorflow", fix);
  const { isUsingGpuDevice } = currentBackend() as unknown as { isUsingGpuDevice?: boolean };
  if (backend === "native") {
    if (isUsingGpuDevice === true)
      throw BackendError.of("native", "this process computes on the GPU already", "start another one for it");
    return { name: `${processorName()}, TensorFlow` };
  }
  if (isUsingGpuDevice !== true) {
    const missing = missingCuda(loadCudaLibraries());
    const why = missing === null ? "TensorFlow does not take the GPU" : `not found: ${missing}`;
    throw BackendError.of("cuda", `${packageName} loads and then computes on the CPU; ${why}`, fix);
  }
  return { name: (await graphicsCard()) ?? "an NVIDIA GPU" };
}

async function load(backend: TensorflowBackend, packageName: string, fix: string): Promise<void> {
  // The package for GPUs that found none is as good as the other one.
  if (loaded === packageName || (loaded !== null && backend === "native")) return;
  const folder = packageFolder(packageName);
  if (folder === null)
    throw BackendError.of(
      backend,
      `${packageName} is not installed`,
      `install it: ${installHint(tensorflowPackages[backend])}`,
    );
  if (!isBuilt(folder)) throw BackendError.of(backend, `${packageName} has no binaries yet`, fix);
  // Read by TensorFlow when it is loaded. It would take all of the GPU's memory at once, and log every library it looks for.
  process.env.TF_FORCE_GPU_ALLOW_GROWTH ??= "true";
  process.env.TF_CPP_MIN_LOG_LEVEL ??= "3";
  try {
    await quietly(async () => loadPackage(packageName));
  } catch (error) {
    throw BackendError.of(backend, `${packageName} cannot be loaded: ${firstLine(error)}`, fix, error);
  }
  loaded = packageName;
}
