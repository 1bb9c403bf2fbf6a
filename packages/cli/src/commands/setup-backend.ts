import { Argument, Command } from "commander";
import { type CudaLibrary, loadCudaLibraries, missingCuda } from "../backend/cuda-libraries.ts";
import { fetchBinaries } from "../backend/fetch-binaries.ts";
import {
  isBuilt,
  packageFolder,
  type TensorflowBackend,
  tensorflowPackages,
} from "../backend/tensorflow-package.ts";
import { CliError } from "../cli-error.ts";

interface Flags {
  readonly force?: boolean;
}

export function setupBackendCommand(): Command {
  return new Command("setup-backend")
    .description("Fetch the binaries of the cuda or the native backend, and check that it computes.")
    .addArgument(new Argument("<backend>", "which").choices(Object.keys(tensorflowPackages)))
    .option("--force", "fetch them again, after a change of scripts/custom-binary.json say")
    .action(run);
}

async function run(backend: TensorflowBackend, { force = false }: Flags): Promise<void> {
  const name = tensorflowPackages[backend];
  const folder = packageFolder(name);
  if (folder === null) throw new CliError(`expected ${name} to be installed, it is not; run: pnpm install`);
  if (isBuilt(folder) && !force) line(`${name} has its binaries; --force fetches them again`);
  else {
    line(`fetching the binaries of ${name}: hundreds of megabytes, some minutes`);
    await fetchBinaries(folder);
  }
  const libraries = backend === "cuda" ? loadCudaLibraries() : [];
  for (const library of libraries) line(describe(library));
  const { startBackend } = await import("../backend/choose-backend.ts");
  try {
    const { name: device } = await startBackend(backend);
    line(`✓ ${backend} computes on ${device}; use it with --backend ${backend}`);
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    if (backend === "cuda") line(newerCards(folder));
    const missing = missingCuda(libraries);
    throw new CliError(
      missing === null
        ? error.message.replace(/; [^;]*$/, "; see docs/backends.md")
        : `expected ${missing} to be installed, got a loader that does not find them; install them, put their folder into ` +
            `${process.platform === "win32" ? "PATH" : "LD_LIBRARY_PATH"} and run it again`,
      { cause: error },
    );
  }
}

function describe({ part, file, problem }: CudaLibrary): string {
  return problem === null ? `✓ ${part}: ${file}` : `✗ ${part}: ${problem}`;
}

/** What to do with a card or a CUDA that TensorFlow 2.9 does not know. */
function newerCards(folder: string): string {
  return `
These binaries are TensorFlow 2.9.1 for CUDA 11.2 and cuDNN 8.1. For a newer card or CUDA, name a newer build in
  ${folder}/scripts/custom-binary.json
  { "tf-lib": "https://<host>/libtensorflow-gpu-linux-x86_64-<version>.tar.gz" }
and run pnpm setup:cuda --force, which then compiles the binding (it needs Python, make and a C++ compiler). Or take
--backend webgpu, which needs no CUDA.
`;
}

function line(text: string): void {
  process.stdout.write(`${text}\n`);
}
