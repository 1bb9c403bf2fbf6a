/** The networks of the figure on masks: a few layers of 3×3 kernels whose taps the visitor chooses. Nothing is checked here. */
import { type Network, NetworkBuilder, pointwise, type Tap } from "@pixelcnn/core";

/** Which of the nine taps are there, in raster order: (-1, -1), (-1, 0), ... (1, 1). */
export type KernelTaps = readonly boolean[];

export const MAX_KERNEL_LAYERS = 4;

/** Large enough that the farthest tap of the deepest network stays inside. */
const SIDE = 2 * MAX_KERNEL_LAYERS + 1;

export function kernelNetwork(first: KernelTaps, later: KernelTaps, layers: number): Network {
  const net = new NetworkBuilder({ height: SIDE, width: SIDE, channels: 1, levels: 2 }, 0);
  let h = net.input();
  for (let layer = 1; layer <= layers; layer++) {
    h = net.convolution(`layer${layer}`, h, { channels: 1, taps: tapsOf(layer === 1 ? first : later) });
  }
  return net.logits(h, pointwise(1));
}

/** Row and column of tap `index`, relative to the centre. */
export function tapOffset(index: number): { readonly dy: number; readonly dx: number } {
  return { dy: Math.floor(index / 3) - 1, dx: (index % 3) - 1 };
}

function tapsOf(kernel: KernelTaps): Tap[] {
  return kernel.flatMap((on, index) => (on ? [{ ...tapOffset(index), pairs: [[0, 0]] as const }] : []));
}
