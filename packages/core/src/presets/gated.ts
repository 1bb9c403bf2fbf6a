/**
 * Gated PixelCNN: two stacks. The vertical one sees all rows above, the horizontal one the pixels to the left *and*, through
 * a 1×1 convolution, what the vertical one knows. So there is no blind spot. ReLUs become gates.
 *
 *     v   = conv_above,7×7(x)              h = conv_left-A,1×7(x)
 *     v'  = conv_up-to,3×3(v) + V·class    h' = conv_left-B,1×3(h) + conv_1×1(v') + H·class
 *     v   = tanh(v'_1) · σ(v'_2)           h += conv_1×1(tanh(h'_1) · σ(h'_2))          each block
 *     logits = conv_1×1(relu(conv_1×1(relu(h))))
 *
 * van den Oord et al. 2016, arXiv:1606.05328, equations 2 and 4, figure 2. The vertical stack reads v' (before its gate)
 * into the horizontal one, as the figure does. Dilations are those of later implementations; blocks take them in turn.
 */

import { NetworkBuilder } from "../network/builder.ts";
import { defineNetwork } from "../network/define-network.ts";
import type { Network } from "../network/graph.ts";
import { scaleGroups, splitChannels } from "../network/groups.ts";
import { pointwise, pointwiseAllGroups, rowLeft, rowsAbove, rowsUpTo } from "../network/taps.ts";
import { checkDilations, checkPresetOptions, type PresetOptions } from "./options.ts";
import { readPicture } from "./read-picture.ts";

/** Options of {@link gated}. */
export interface GatedOptions extends PresetOptions {
  /** Dilations of the blocks, taken in turn; [1, 2, 1, 4, 1, 2] by default. */
  readonly dilations?: readonly number[];
}

/** Together with the first layer they reach 3 + 1 + 2 + 1 + 4 + 1 + 2 = 14 pixels to every side: half of a 28×28 picture. */
const DILATIONS = [1, 2, 1, 4, 1, 2];

/**
 * Gated PixelCNN, two stacks without a blind spot (van den Oord et al. 2016, arXiv:1606.05328): 32 channels and 6 blocks by
 * default.
 *
 * @throws {OptionError} for an option out of range.
 */
export function gated(options: GatedOptions): Network {
  const { picture, classes = 0, channels = 32, layers = 6, dropout = 0 } = options;
  const { dilations = DILATIONS } = options;
  checkPresetOptions(picture, channels, layers);
  checkDilations(dilations);
  const net = new NetworkBuilder(picture, classes, options.likelihood);
  const groups = net.groupCount;
  const both = scaleGroups(splitChannels(channels, groups), 2); // tanh and σ halves, group by group

  const x = readPicture(net, options);
  let v = net.convolution("first.vertical", x, { channels, taps: rowsAbove(7, groups) });
  let h = net.convolution("first.horizontal", x, { channels, taps: rowLeft(7, "A", groups) });
  for (let block = 1; block <= layers; block++) {
    const at = `block${block}`;
    const dilation = dilations[(block - 1) % dilations.length]!;
    let down = net.convolution(`${at}.vertical`, v, { channels: both, taps: rowsUpTo(3, groups), dilation });
    if (classes > 0) down = net.classBias(`${at}.verticalClass`, down);
    const left = net.convolution(`${at}.horizontal`, h, {
      channels: both,
      taps: rowLeft(3, "B", groups),
      dilation,
    });
    // No bias of its own: the horizontal convolution has one, and they are added.
    const across = net.convolution(`${at}.across`, down, {
      channels: both,
      taps: pointwiseAllGroups(groups),
      bias: false,
    });
    let right = net.add(`${at}.meet`, left, across);
    if (classes > 0) right = net.classBias(`${at}.horizontalClass`, right);
    if (block < layers) v = net.gate(`${at}.verticalGate`, down);
    const gate = net.dropout(`${at}.dropout`, net.gate(`${at}.horizontalGate`, right), dropout);
    h = net.add(
      `${at}.sum`,
      h,
      net.convolution(`${at}.residual`, gate, { channels, taps: pointwise(groups) }),
    );
  }
  h = net.convolution("head", net.relu("head.relu1", h), { channels, taps: pointwise(groups) });
  return defineNetwork(net.logits(net.relu("head.relu2", h), pointwise(groups)));
}
