/**
 * PixelCNN: one masked 7×7 convolution, then residual blocks that squeeze to half the channels, look at a masked 3×3
 * neighbourhood and expand again, then two 1×1 layers.
 *
 *     h   = conv_A,7×7(x)
 *     h  += conv_1×1(relu(conv_B,3×3(relu(conv_1×1(relu(h))))))          each block
 *     logits = conv_1×1(relu(conv_1×1(relu(h))))
 *
 * van den Oord et al. 2016, arXiv:1601.06759, table 1 and figure 5. A class label, where there is one, adds a bias to
 * every block's 3×3 layer (arXiv:1606.05328, section 2.3). It has a blind spot to the right.
 */

import { NetworkBuilder } from "../network/builder.ts";
import { defineNetwork } from "../network/define-network.ts";
import type { Network } from "../network/graph.ts";
import { maskedKernel, pointwise } from "../network/taps.ts";
import { checkPresetOptions, type PresetOptions } from "./options.ts";
import { readPicture } from "./read-picture.ts";

/**
 * PixelCNN with residual blocks (van den Oord et al. 2016, arXiv:1601.06759, table 1): 64 channels and 7 blocks by default. It
 * has a blind spot.
 *
 * @throws {OptionError} for an option out of range.
 */
export function pixelcnn(options: PresetOptions): Network {
  const { picture, classes = 0, channels = 64, layers = 7, dropout = 0 } = options;
  checkPresetOptions(picture, channels, layers);
  const net = new NetworkBuilder(picture, classes, options.likelihood);
  const groups = net.groupCount;
  const squeezed = Math.ceil(channels / 2);
  const onebyone = pointwise(groups);

  let h = net.convolution("first", readPicture(net, options), {
    channels,
    taps: maskedKernel(7, "A", groups),
  });
  for (let block = 1; block <= layers; block++) {
    const at = `block${block}`;
    let r = net.relu(`${at}.relu1`, h);
    r = net.convolution(`${at}.squeeze`, r, { channels: squeezed, taps: onebyone });
    r = net.relu(`${at}.relu2`, r);
    r = net.convolution(`${at}.look`, r, { channels: squeezed, taps: maskedKernel(3, "B", groups) });
    if (classes > 0) r = net.classBias(`${at}.class`, r);
    r = net.relu(`${at}.relu3`, r);
    r = net.dropout(`${at}.dropout`, r, dropout);
    r = net.convolution(`${at}.expand`, r, { channels, taps: onebyone });
    h = net.add(`${at}.sum`, h, r);
  }
  h = net.convolution("head", net.relu("head.relu1", h), { channels, taps: onebyone });
  return defineNetwork(net.logits(net.relu("head.relu2", h), onebyone));
}
