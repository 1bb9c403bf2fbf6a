/** Fetches what the cuda or the native backend needs, and sees it compute. */
import { CliError } from "../cli-error.ts";
import { installInvocation, setupInvocation } from "../invocation.ts";
import { BackendError } from "./backend-error.ts";
import { type CudaLibrary, loadCudaLibraries, missingCuda } from "./cuda-libraries.ts";
import { fetchBinaries } from "./fetch-binaries.ts";
import { startTensorflow } from "./tensorflow-backend.ts";
import { isBuilt, packageFolder, type TensorflowBackend, tensorflowPackages } from "./tensorflow-package.ts";

export interface SetupOptions {
  /** Fetch binaries that are there already. */
  readonly force: boolean;
  /** Told of every step. */
  line(text: string): void;
  /** The package, or its folder. */
  readonly packageName?: string;
}

/** @throws {CliError} when it does not compute in the end: one line that says what is missing. */
export async function setUpTensorflow(backend: TensorflowBackend, options: SetupOptions): Promise<void> {
  const { force, line, packageName = tensorflowPackages[backend] } = options;
  const folder = packageFolder(packageName);
  if (folder === null)
    throw new CliError(
      `expected ${packageName} to be installed, it is not; run: ${installInvocation(packageName)}`,
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
    throw new CliError(whatIsMissing(error, libraries), { cause: error });
  }
}

function describe({ part, file, problem }: CudaLibrary): string {
  return problem === null ? `✓ ${part}: ${file}` : `✗ ${part}: ${problem}`;
}

function whatIsMissing({ backend, reason }: BackendError, libraries: readonly CudaLibrary[]): string {
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
and run ${setupInvocation("cuda")} --force, which then compiles the binding (it needs Python, make and a C++ compiler). Or take
--backend webgpu, which needs no CUDA.
`;
}
