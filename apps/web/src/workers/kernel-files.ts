/**
 * The sampler's kernels as files beside the scripts, which scripts/copy-kernels.ts writes: a third smaller than in a script, and compiled without
 * being read as text. Imported by a worker's entry, before anything is drawn.
 */
import { type KernelPart, type KernelVariant, takeKernelsFrom } from "@pixelcnn/core/incremental";

/** Written out: the bundler puts the files of such expressions, and no others, into the site. */
const files = {
  simd: {
    layers: new URL("./kernels/simd-layers.wasm", import.meta.url),
    attention: new URL("./kernels/simd-attention.wasm", import.meta.url),
    cells: new URL("./kernels/simd-cells.wasm", import.meta.url),
    mixtures: new URL("./kernels/simd-mixtures.wasm", import.meta.url),
  },
  relaxedSimd: {
    layers: new URL("./kernels/relaxedSimd-layers.wasm", import.meta.url),
    attention: new URL("./kernels/relaxedSimd-attention.wasm", import.meta.url),
    cells: new URL("./kernels/relaxedSimd-cells.wasm", import.meta.url),
    mixtures: new URL("./kernels/relaxedSimd-mixtures.wasm", import.meta.url),
  },
} as const satisfies Record<KernelVariant, Record<KernelPart, URL>>;

takeKernelsFrom(async (variant, part) => {
  const response = await fetch(files[variant][part]).catch((cause) => {
    throw new Error("the sampler’s program could not be fetched: the site does not answer; try again", {
      cause,
    });
  });
  if (!response.ok) {
    throw new Error(
      `expected the sampler’s program from this site, got status ${response.status}; reload the page`,
    );
  }
  return new Uint8Array(await response.arrayBuffer());
});
