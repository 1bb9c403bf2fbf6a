/** XLA's CUDA plugin: which one for which driver, and where it is set up. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { BackendError } from "../backend-error.ts";
import { cacheFolder } from "../wheels/cache-folder.ts";
import { xlaCuda } from "../wheels/pinned-wheels.ts";
import type { WheelSet } from "../wheels/set-up-wheels.ts";

/** A CUDA that there is a plugin for. */
export type CudaMajor = keyof typeof xlaCuda;

const newestFirst: readonly CudaMajor[] = [13, 12];

/** A plugin with NVIDIA's libraries in its folder. */
export interface CudaPlugin extends WheelSet {
  /** Where the plugin finds the executables and the bitcode that it compiles with, in the folder. */
  readonly toolkit: string;
}

/**
 * @param driver the highest CUDA that the driver can do: 13.1 is 13010
 * @throws {BackendError} when there is none for it
 */
export function cudaFor(driver: number): CudaMajor {
  const major = newestFirst.find((cuda) => driver >= 1000 * cuda);
  if (major !== undefined) return major;
  const version = `${Math.floor(driver / 1000)}.${Math.floor((driver % 1000) / 10)}`;
  throw new BackendError(
    `expected an NVIDIA driver for CUDA 12 or newer (version 525 or newer), got one for CUDA ${version}; update the driver`,
  );
}

/** The plugin for a CUDA; undefined on a machine that there is none for. */
export function cudaPlugin(cuda: CudaMajor): CudaPlugin | undefined {
  const wheels = xlaCuda[cuda];
  const [plugin] = wheels;
  if (plugin === undefined) return undefined;
  return {
    backend: "cuda",
    wheels,
    folder: cacheFolder(`${plugin.name}-${plugin.version}`),
    file: join("jax_plugins", `xla_cuda${cuda}`, "xla_cuda_plugin.so"),
    toolkit: cuda === 12 ? join("nvidia", "cuda_nvcc") : join("nvidia", `cu${cuda}`),
  };
}

/** All that a machine of this kind could have. */
export function cudaPlugins(): CudaPlugin[] {
  return newestFirst.flatMap((cuda) => cudaPlugin(cuda) ?? []);
}

/** The newest that is set up; null where none is. */
export function findCudaPlugin(): CudaPlugin | null {
  return cudaPlugins().find(({ folder, file }) => existsSync(join(folder, file))) ?? null;
}
