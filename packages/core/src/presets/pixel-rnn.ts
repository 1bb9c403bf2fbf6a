/**
 * What both Pixel RNNs are but for their layer: one masked 7×7 convolution, then recurrent layers with residual connections, then two 1×1 layers.
 *
 *     s   = conv_A,7×7(x)                                          2h channels
 *     s  += conv_1×1(layer(s))                                     each block; the layer gives h channels
 *     logits = conv_1×1(relu(conv_1×1(relu(s))))
 *
 * van den Oord et al. 2016, arXiv:1601.06759, sections 3.1 to 3.5, figure 5 (right) and table 1.
 */
import { NetworkBuilder } from "../network/builder.ts";
import { defineNetwork } from "../network/define-network.ts";
import type { Network, Tap } from "../network/graph.ts";
import { scaleGroups, splitChannels } from "../network/groups.ts";
import { allPairs, maskedKernel, pointwise } from "../network/taps.ts";
import { checkPresetOptions, type PresetOptions } from "./options.ts";
import { readPicture } from "./read-picture.ts";

/** Where a recurrent layer's cells look: at the state of the block, to be told, and at themselves. */
export interface Recurrent {
  /** Input to state, mask B. */
  readonly told: readonly Tap[];
  /** State to state. */
  readonly taps: readonly Tap[];
  /** Where the cell state comes from. */
  readonly cell: { readonly dy: number; readonly dx: number };
}

/**
 * @param layer the cells of every block by their name, whose outputs are added.
 * @throws {OptionError} for an option out of range.
 */
export function pixelRnn(
  options: PresetOptions,
  layer: (groupCount: number) => Readonly<Record<string, Recurrent>>,
): Network {
  const { picture, classes = 0, channels = 32, layers = 7, dropout = 0 } = options;
  checkPresetOptions(picture, channels, layers);
  const net = new NetworkBuilder(picture, classes, options.likelihood);
  const groups = net.groupCount;
  const onebyone = pointwise(groups);
  // Four gates of h channels, group by group.
  const gates = scaleGroups(splitChannels(Math.ceil(channels / 2), groups), 4);

  const taps = maskedKernel(7, "A", groups);
  let s = net.convolution("first", readPicture(net, options), { channels, taps });
  for (let block = 1; block <= layers; block++) {
    const hidden = Object.entries(layer(groups)).map(([name, { told, taps, cell }]) => {
      const at = `block${block}.${name}`;
      let input = net.convolution(`${at}.told`, s, { channels: gates, taps: told });
      if (classes > 0) input = net.classBias(`${at}.class`, input);
      return net.lstm(at, input, { taps, cell });
    });
    const at = `block${block}`;
    const met = hidden.length === 1 ? hidden[0]! : net.add(`${at}.both`, ...hidden);
    const up = net.convolution(`${at}.up`, net.dropout(`${at}.dropout`, met, dropout), {
      channels,
      taps: onebyone,
    });
    s = net.add(`${at}.sum`, s, up);
  }
  const head = net.convolution("head", net.relu("head.relu1", s), { channels, taps: onebyone });
  return defineNetwork(net.logits(net.relu("head.relu2", head), onebyone));
}

/** Taps that connect all channel groups: what lies there is drawn, whichever channel is next. */
export function drawnTaps(groupCount: number, ...offsets: (readonly [dy: number, dx: number])[]): Tap[] {
  return offsets.map(([dy, dx]) => ({ dy, dx, pairs: allPairs(groupCount) }));
}
