/**
 * The classical starting point: a stack of masked 7×7 convolutions, mask A first and mask B after it, each followed by
 * batch norm and ReLU, and a 1×1 convolution to the logits.
 *
 *     h_1 = relu(bn(conv_A(x)))     h_i = relu(bn(conv_B(h_{i-1})))     logits = conv_1×1(h_n)
 *
 * After van den Oord et al. 2016, arXiv:1601.06759, without its residual blocks. With 64 channels, eight layers and 256
 * levels it has 736,000 weights. It has a blind spot to the right.
 */

import { NetworkBuilder } from "../network/builder.ts";
import { defineNetwork } from "../network/define-network.ts";
import type { Network } from "../network/graph.ts";
import { maskedKernel, pointwise } from "../network/taps.ts";
import { checkPresetOptions, type PresetOptions } from "./options.ts";
import { readPicture } from "./read-picture.ts";

const KERNEL = 7;

/**
 * A plain stack of masked 7×7 convolutions with batch norm (after van den Oord et al. 2016, arXiv:1601.06759): 64 channels and
 * 8 layers by default. It has a blind spot.
 *
 * @throws {OptionError} for an option out of range.
 */
export function naive(options: PresetOptions): Network {
  const { picture, classes = 0, channels = 64, layers = 8, dropout = 0 } = options;
  checkPresetOptions(picture, channels, layers);
  const net = new NetworkBuilder(picture, classes, options.likelihood);
  const groups = net.groupCount;

  let h = readPicture(net, options);
  for (let layer = 1; layer <= layers; layer++) {
    const taps = maskedKernel(KERNEL, layer === 1 ? "A" : "B", groups);
    h = net.convolution(`layer${layer}.convolution`, h, { channels, taps, bias: false });
    h = net.batchNorm(`layer${layer}.batchNorm`, h);
    if (classes > 0) h = net.classBias(`layer${layer}.class`, h);
    h = net.relu(`layer${layer}.relu`, h);
    h = net.dropout(`layer${layer}.dropout`, h, dropout);
  }
  return defineNetwork(net.logits(h, pointwise(groups)));
}
