/**
 * NVIDIA's shared libraries: the driver's, which the system has, and those of CUDA and cuDNN, which the set-up has brought. XLA and TensorFlow ask for them by
 * name alone, and take those that the process has loaded already; that is how a folder of the user's own becomes known. The order, and which, are JAX's.
 */
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { BackendError } from "../backend-error.ts";
import { setupHint } from "../hints.ts";
import { whyNotLoadable } from "../shared-library.ts";

/** What to do where there is none. */
const INSTALL_DRIVER =
  "install NVIDIA's driver (Debian: sudo apt install nvidia-driver), or use --backend webgpu";

/** The driver's. It comes with the driver and cannot be brought along. */
const DRIVER = "libcuda.so.1";

/** Each with what its name begins with; the number behind it is of the CUDA that the folder has. */
const libraries = [
  "libcudart.so",
  "libnvrtc.so",
  "libnvJitLink.so",
  "libcublasLt.so",
  "libcublas.so",
  "libnccl.so",
  "libcupti.so",
  "libcusparse.so",
  "libcusolver.so",
  "libcufft.so",
  "libcurand.so",
  "libnvshmem_host.so",
  "libcudnn.so",
] as const;

/** Kept, so that nothing closes them. */
const held: unknown[] = [];

/**
 * The highest CUDA that the driver of this machine can do: 13.1 is 13010.
 * @throws {BackendError} without a driver
 */
export async function cudaOfDriver(): Promise<number> {
  const problem = whyNotLoadable(DRIVER);
  if (problem !== null)
    throw BackendError.of("cuda", `not found: NVIDIA driver (${DRIVER}: ${problem})`, INSTALL_DRIVER);
  const { default: koffi } = await import("koffi");
  const driver = koffi.load(DRIVER);
  held.push(driver);
  const version = new Int32Array(1);
  driver.func("int cuDriverGetVersion(int *)")(version);
  return version[0]!;
}

/** @param folder of wheels. @throws {BackendError} that names what could not be loaded of NVIDIA's libraries */
export async function loadOrRefuse(folder: string): Promise<void> {
  const missing = await loadCudaLibraries(folder);
  if (missing.length === 0) return;
  throw BackendError.of("cuda", `not found: ${missing.join(", ")}`, `run: ${setupHint("cuda")} --force`);
}

/**
 * Loads what lies in a folder of wheels, each of `nvidia/<part>/lib`.
 *
 * @returns what could not be loaded and why; empty where all of it is there.
 */
async function loadCudaLibraries(folder: string): Promise<string[]> {
  const { default: koffi } = await import("koffi");
  const parts = join(folder, "nvidia");
  if (!existsSync(parts)) return [`there is no ${parts}`];
  const files = readdirSync(parts).flatMap((part) => {
    const lib = join(parts, part, "lib");
    return existsSync(lib) ? readdirSync(lib).map((name) => ({ name, path: join(lib, name) })) : [];
  });
  return libraries.flatMap((start) => {
    const file = files.find(({ name }) => name.startsWith(`${start}.`));
    if (file === undefined) return []; // not every CUDA has each
    try {
      held.push(koffi.load(file.path));
      return [];
    } catch (error) {
      return [`${file.name}: ${(error as Error).message.split("\n")[0]!.trim()}`];
    }
  });
}
