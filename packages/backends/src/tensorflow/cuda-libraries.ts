/**
 * The shared libraries that TensorFlow 2.9 loads for a GPU: the driver, CUDA 11.2, cuDNN 8.1. Where one is missing it says
 * nothing and computes on the processor.
 */
import { whyNotLoadable } from "../shared-library.ts";

export interface CudaLibrary {
  /** What it belongs to. */
  readonly part: "NVIDIA driver" | "CUDA 11.2" | "cuDNN 8.1";
  /** Null where it was loaded. */
  readonly problem: string | null;
  readonly file: string;
}

const linux = {
  "NVIDIA driver": ["libcuda.so.1"],
  "CUDA 11.2": [
    "libcudart.so.11.0",
    "libcublas.so.11",
    "libcublasLt.so.11",
    "libcufft.so.10",
    "libcusolver.so.11",
    "libcusparse.so.11",
  ],
  "cuDNN 8.1": ["libcudnn.so.8"],
} as const;

const windows = {
  "NVIDIA driver": ["nvcuda.dll"],
  "CUDA 11.2": [
    "cudart64_110.dll",
    "cublas64_11.dll",
    "cublasLt64_11.dll",
    "cufft64_10.dll",
    "cusolver64_11.dll",
    "cusparse64_11.dll",
  ],
  "cuDNN 8.1": ["cudnn64_8.dll"],
} as const;

/** Loads every one of them. */
export function loadCudaLibraries(): CudaLibrary[] {
  const files: Record<CudaLibrary["part"], readonly string[]> =
    process.platform === "win32" ? windows : linux;
  return Object.entries(files).flatMap(([part, names]) =>
    names.map((file) => ({ part: part as CudaLibrary["part"], file, problem: whyNotLoadable(file) })),
  );
}

/** The parts that are missing, with one of their files each; null where all are there. */
export function missingCuda(libraries: readonly CudaLibrary[]): string | null {
  const missing = new Map(
    libraries.filter(({ problem }) => problem !== null).map(({ part, file }) => [part, file]),
  );
  if (missing.size === 0) return null;
  return [...missing].map(([part, file]) => `${part} (${file})`).join(", ");
}
