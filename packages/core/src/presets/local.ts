/**
 * A local model: one causal window of the picture decides a pixel, and everything after it is done at that pixel alone.
 *
 *     h = conv_causal,K×K(x)      h += relu(conv_1×1(relu(conv_1×1(relu(h)) + class)))   each block
 *     logits = conv_1×1(relu(h))
 *
 * Where the likelihood itself ties a pixel's channels, no hidden channel has to: all of them are in the first group.
 *
 * The local autoregressive model of Zhang, Zhang & McDonagh 2021, arXiv:2109.02639: local statistics are most of a photograph's likelihood. It can be
 * trained on single pixels (network/window.ts) and samples with little work, but knows nothing of what lies beyond its window: it draws
 * textures, not things.
 */

import { NetworkBuilder } from "../network/builder.ts";
import { defineNetwork } from "../network/define-network.ts";
import type { Network, Plane } from "../network/graph.ts";
import { firstGroupOnly, splitChannels } from "../network/groups.ts";
import { maskedKernel, pointwise } from "../network/taps.ts";
import { checkOdd, checkPresetOptions, type PresetOptions } from "./options.ts";
import { readPicture } from "./read-picture.ts";

/** Options of {@link local}. */
export interface LocalOptions extends PresetOptions {
  /** Width of the window, an odd number; 7 by default, of which 24 pixels come earlier. */
  readonly window?: number;
  /** What the window is told besides the picture, such as where the picture ends; nothing by default. */
  readonly planes?: readonly Plane[];
}

/**
 * A local model (after Zhang, Zhang & McDonagh 2021, arXiv:2109.02639): a window of 7×7, 256 channels and 1 block by default.
 *
 * @throws {OptionError} for an option out of range.
 */
export function local(options: LocalOptions): Network {
  const { picture, classes = 0, channels = 256, layers = 1, dropout = 0 } = options;
  const { window = 7, planes = [] } = options;
  checkPresetOptions(picture, channels, layers);
  checkOdd("the window", window, 3, 63);
  const net = new NetworkBuilder(picture, classes, options.likelihood);
  const groups = net.groupCount;
  const onebyone = pointwise(groups);
  const { tiesChannels } = net;
  const hidden = tiesChannels ? firstGroupOnly(channels, groups) : splitChannels(channels, groups);
  const around = maskedKernel(window, "A", groups);
  const taps = tiesChannels ? around.filter(({ dy, dx }) => dy !== 0 || dx !== 0) : around;

  const input = readPicture(net, options);
  const x = planes.length === 0 ? input : net.concat("placed", input, net.planes("planes", planes));
  let h = net.convolution("window", x, { channels: hidden, taps });
  for (let block = 1; block <= layers; block++) {
    const at = `block${block}`;
    let r = net.convolution(`${at}.first`, net.relu(`${at}.relu1`, h), { channels: hidden, taps: onebyone });
    if (classes > 0) r = net.classBias(`${at}.class`, r);
    r = net.dropout(`${at}.dropout`, net.relu(`${at}.relu2`, r), dropout);
    r = net.convolution(`${at}.second`, r, { channels: hidden, taps: onebyone });
    h = net.add(`${at}.sum`, h, net.relu(`${at}.relu3`, r));
  }
  return defineNetwork(net.logits(net.relu("head.relu", h), onebyone));
}
