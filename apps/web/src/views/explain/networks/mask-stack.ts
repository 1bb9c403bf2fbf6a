/**
 * The classical stack of masked 7×7 layers, each with batch norm and ReLU, for binary pictures of 28×28: mask A in the first
 * layer, and in the others what one likes. With B it is the `naive` preset of core, narrower; with A no preset is like it.
 */
import { defineNetwork, maskedKernel, type Network, NetworkBuilder, pointwise } from "@pixelcnn/core";

const LAYERS = 8;
const CHANNELS = 16;
const KERNEL = 7;

/** @param laterLayers mask of the second and all following layers. */
export function maskStack(laterLayers: "A" | "B"): Network {
  const net = new NetworkBuilder({ height: 28, width: 28, channels: 1, levels: 2 }, 0);
  let h = net.input();
  for (let layer = 1; layer <= LAYERS; layer++) {
    const taps = maskedKernel(KERNEL, layer === 1 ? "A" : laterLayers, net.groupCount);
    h = net.convolution(`layer${layer}.convolution`, h, { channels: CHANNELS, taps, bias: false });
    h = net.relu(`layer${layer}.relu`, net.batchNorm(`layer${layer}.batchNorm`, h));
  }
  return defineNetwork(net.logits(h, pointwise(net.groupCount)));
}
