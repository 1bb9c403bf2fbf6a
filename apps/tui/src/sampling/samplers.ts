/** The ways to draw that can be picked. A sampler is loaded when it is first wanted: two of them bring TensorFlow.js along. */
import type { Sampler } from "@pixelcnn/core";

export interface SamplerChoice {
  readonly name: string;
  readonly about: string;
  /** Pictures that it draws together at most, so that something can be seen to grow. */
  readonly mostPictures: number;
}

export const samplers = [
  {
    name: "incremental",
    about: "every activation once, WebAssembly SIMD",
    mostPictures: 400,
  },
  { name: "scalar", about: "every activation once, plain TypeScript", mostPictures: 60 },
  { name: "naive", about: "the whole network for every value, TensorFlow.js", mostPictures: 4 },
  {
    name: "fixed-point",
    about: "whole pictures again until nothing changes, TensorFlow.js",
    mostPictures: 8,
  },
] as const satisfies readonly SamplerChoice[];

export type SamplerName = (typeof samplers)[number]["name"];

/** @returns the sampler, and what it is called in full. */
export async function openSampler(name: SamplerName): Promise<{ sampler: Sampler; label: string }> {
  switch (name) {
    case "incremental": {
      const { incrementalSampler, bestVariant } = await import("@pixelcnn/core/incremental");
      return {
        sampler: incrementalSampler,
        label: `incremental ${bestVariant() === null ? "scalar" : "SIMD"}`,
      };
    }
    case "scalar":
      return { sampler: (await import("@pixelcnn/core/incremental")).scalarSampler, label: "scalar" };
    case "naive":
      await startTensors();
      return { sampler: (await import("@pixelcnn/core/tensors")).naiveSampler, label: "naive wasm" };
    case "fixed-point":
      await startTensors();
      return {
        sampler: (await import("@pixelcnn/core/tensors")).fixedPointSampler,
        label: "fixed-point wasm",
      };
    default:
      return name satisfies never;
  }
}

async function startTensors(): Promise<void> {
  const { startBackend } = await import("@pixelcnn/backends");
  await startBackend("wasm");
}
