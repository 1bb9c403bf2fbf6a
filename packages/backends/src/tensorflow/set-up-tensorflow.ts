/** Fetches what the cuda or the native backend needs, and sees it compute. */
import { BackendError } from "../backend-error.ts";
import type { SetupOptions } from "../engine.ts";
import { installHint, setupHint } from "../hints.ts";
import { type CudaLibrary, loadCudaLibraries, missingCuda } from "./cuda-libraries.ts";
import { fetchBinaries } from "./fetch-binaries.ts";
import { startTensorflow } from "./start-tensorflow.ts";
import { isBuilt, packageFolder, type TensorflowBackend, tensorflowPackages } from "./tensorflow-package.ts";

/**
 * @param packageName the package, or its folder.
 * @throws {BackendError} when it does not compute in the end: one line that says what is missing.
 */
export async function setUpTensorflow(
  backend: TensorflowBackend,
  { force = false, line }: SetupOptions,
  packageName: string = tensorflowPackages[backend],
): Promise<null> {
  const folder = packageFolder(packageName);
  if (folder === null)
    throw new BackendError(
      `expected ${packageName} to be installed, it is not; run: ${installHint(packageName)}`,
    );
  if (isBuilt(folder) && !force) line(`${packageName} has its binaries; --force fetches them again`);
  else {
    line(`fetching the binaries of ${packageName}: hundreds of megabytes, some minutes`);
    await fetchBinaries(folder);
  }
  const libraries = backend === "cuda" ? loadCudaLibraries() : [];
  for (const library of libraries) line(describe(library));
  try {
    const { name: device } = await startTensorflow(backend, packageName);
    line(`✓ ${backend} computes on ${device}; use it with --backend ${backend}`);
  } catch (error) {
    if (!(error instanceof BackendError)) throw error;
    if (backend === "cuda") line(newerCards(folder));
    throw new BackendError(whatIsMissing(backend, error, libraries), { cause: error });
  }
  return null;
}

function describe({ part, file, problem }: CudaLibrary): string {
  return problem === null ? `✓ ${part}: ${file}` : `✗ ${part}: ${problem}`;
}

function whatIsMissing(
  backend: TensorflowBackend,
  { reason }: BackendError,
  libraries: readonly CudaLibrary[],
): string {
  const missing = missingCuda(libraries);
  if (missing === null)
    return `expected the ${backend} backend to work, but ${reason}; docs/backends.md says more`;
  const path = process.platform === "win32" ? "PATH" : "LD_LIBRARY_PATH";
  return `expected to find ${missing}, got a loader that does not; install them, put their folder into ${path} and run it again`;
}

/** What to do with a card or a CUDA that TensorFlow 2.9 does not know. */
function newerCards(folder: string): string {
  return `
These binaries are TensorFlow 2.9.1 for CUDA 11.2 and cuDNN 8.1. For a newer card or CUDA, name a newer build in
  ${folder}/scripts/custom-binary.json
  { "tf-lib": "https://<host>/libtensorflow-gpu-linux-x86_64-<version>.tar.gz" }
and run ${setupHint("cuda")} --force, which then compiles the binding (it needs Python, make and a C++ compiler). Or take
--backend webgpu, which needs no CUDA.
`;
}
