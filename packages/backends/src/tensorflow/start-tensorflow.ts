/**
 * TensorFlow itself, in C++: `native` on the processor, `cuda` on an NVIDIA GPU, through the kernels of one package.
 */
import { existsSync } from "node:fs";
import { totalmem } from "node:os";
import { dirname, join } from "node:path";
import { registerBackend } from "@tensorflow/tfjs-core";
import { BackendError } from "../backend-error.ts";
import { graphicsCard, processorName } from "../device-names.ts";
import type { Device } from "../engine.ts";
import { setupHint } from "../hints.ts";
import { activate, firstLine, quietly } from "../tensorflow-js/activate.ts";
import { withoutStandardError } from "./silence.ts";
import { registerTapKernels } from "./tap-kernels.ts";
import { findTensorflow, type TensorflowBackend, tensorflowHere } from "./tensorflow-build.ts";
import { loadBinding, loadPackage, type TensorflowKernels, tensorflowPackage } from "./tensorflow-package.ts";

/** Where the parts are, where not at their places. */
export interface TensorflowPlaces {
  /** The compiled binding, with the libraries beside it. */
  readonly binding?: string | undefined;
  /** What stands in for the package. */
  readonly package?: string | undefined;
}

/** A process holds one TensorFlow: what it was built for, and the backend. */
let loaded: { readonly binding: string; readonly kernels: TensorflowKernels } | null = null;

/** @throws {BackendError} when it is not there, cannot be loaded, or computes elsewhere than it should. */
export async function startTensorflow(
  backend: TensorflowBackend,
  places: TensorflowPlaces = {},
): Promise<Device> {
  const fix = `run: ${setupHint(backend)}`;
  const { isUsingGpuDevice } = await load(backend, places, fix);
  if (backend === "native" && isUsingGpuDevice)
    throw BackendError.of("native", "this process computes on the GPU already", "start another one for it");
  if (backend === "cuda" && !isUsingGpuDevice) {
    const why = "TensorFlow loads and then computes on the processor; TF_CPP_MIN_LOG_LEVEL=0 has it say why";
    throw BackendError.of("cuda", why, fix);
  }
  await activate(backend, "tensorflow", fix);
  const version = `TensorFlow ${tensorflowHere(backend)?.wheels[0]?.version ?? "of your own"}`;
  if (backend === "native")
    return { name: `${processorName()}, TensorFlow`, version, memoryBytes: totalmem() };
  const card = await graphicsCard();
  return { name: card?.name ?? "an NVIDIA GPU", version, memoryBytes: card?.memoryBytes ?? null };
}

async function load(
  backend: TensorflowBackend,
  places: TensorflowPlaces,
  fix: string,
): Promise<TensorflowKernels> {
  const { binding = findTensorflow(backend), package: path = tensorflowPackage } = places;
  // The one for GPUs that found none is as good as the other one.
  if (loaded !== null && (loaded.binding === binding || backend === "native")) return loaded.kernels;
  if (binding === null) throw BackendError.of(backend, "TensorFlow is not set up", fix);
  if (!existsSync(path)) {
    // A bundle brings no kernels, and may be where TensorFlow is set up for another copy of the program.
    const why = "this copy of the program comes without TensorFlow's kernels";
    throw BackendError.of(backend, why, "take another backend");
  }
  // Read by TensorFlow when it is loaded. It would take all of the GPU's memory at once.
  process.env.TF_FORCE_GPU_ALLOW_GROWTH ??= "true";
  const isWatched = process.env.TF_CPP_MIN_LOG_LEVEL !== undefined;
  process.env.TF_CPP_MIN_LOG_LEVEL ??= "3";
  try {
    const kernels = await quietly(async () => {
      const { NodeJSKernelBackend } = loadPackage(path);
      const native = isWatched
        ? loadBinding(binding)
        : await withoutStandardError(() => loadBinding(binding));
      return new NodeJSKernelBackend(native, packageNames[backend]);
    });
    registerBackend("tensorflow", () => kernels);
    registerTapKernels();
    loaded = { binding, kernels };
    return kernels;
  } catch (error) {
    throw BackendError.of(backend, `TensorFlow cannot be loaded: ${firstLine(error)}`, fix, error);
  }
}

/** TensorFlow's own library, where a backend of it has been started. */
export function tensorflowLibrary(): string {
  if (loaded === null) throw new Error("expected a backend of TensorFlow to have been started");
  return join(dirname(loaded.binding), "libtensorflow_cc.so.2");
}

/** One package under two names, with the same files in it. */
const packageNames = {
  cuda: "@tensorflow/tfjs-node-gpu",
  native: "@tensorflow/tfjs-node",
} as const satisfies Record<TensorflowBackend, string>;
