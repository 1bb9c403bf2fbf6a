/**
 * A small PixelSNAIL: residual gated convolutions for what is near, and causal attention for everything before. The state is one raster stream.
 *
 *     h = conv_7×7,A(x, places)                                                  places: the planes inside, row and column
 *     r(s, a) = s + glu(conv_1×1(elu(conv(elu(s)) + conv_1×1(elu(a)))) + V·class)      half as many channels in between; glu = a·σ(b)
 *
 *     each block     h = r(h), twice                                             conv_3×3,B
 *                    q = conv_1×1(h, places)          k, v = conv_1×1(x, h, places)
 *                    h = r(h, attention(q, k, v))                                conv_1×1
 *
 *     logits = conv_1×1(elu(h))
 *
 * Chen, Mishra, Rohaninejad & Abbeel 2018, arXiv:1712.09763, section 2.2 and figure 3: attention whose keys and values are made of the input and the
 * features, between blocks of gated convolutions. In colour every group of channels has heads of its own, which its query must not know more for; keys and
 * values are in the last group, which knows its whole pixel: only later pixels read them.
 *
 * How we differ: plain ELUs in place of concat-ELUs, half the channels inside a layer, two layers a block in place of four, keys and values by one
 * matrix each in place of a gated layer, and two heads in place of one.
 */

import { NetworkBuilder } from "../network/builder.ts";
import { defineNetwork } from "../network/define-network.ts";
import type { ChannelRange, Network, Plane, Tap } from "../network/graph.ts";
import { firstGroupOnly, scaleGroups, splitChannels } from "../network/groups.ts";
import { maskedKernel, pointwise } from "../network/taps.ts";
import { checkPresetOptions, checkWhole, type PresetOptions } from "./options.ts";
import { readPicture } from "./read-picture.ts";

/** Options of {@link snail}. */
export interface SnailOptions extends PresetOptions {
  /** What the first convolution, queries, keys and values are told besides; all planes by default. */
  readonly planes?: readonly Plane[];
  /** Heads of every attention, or of every picture channel's where the network ties them; 2 by default. */
  readonly heads?: number;
}

/** Channels of a head's keys, as published. */
const KEY_CHANNELS = 16;

/**
 * A small PixelSNAIL (Chen et al. 2018, arXiv:1712.09763): 64 channels, 4 blocks and 2 heads by default; published with 256 channels, 12 blocks and a mixture
 * of logistics.
 *
 * @throws {OptionError} for an option out of range.
 */
export function snail(options: SnailOptions): Network {
  const { picture, classes = 0, channels = 64, layers = 4, dropout = 0 } = options;
  const { planes = ["inside", "row", "column"], heads = 2 } = options;
  checkPresetOptions(picture, channels, layers);
  checkWhole("heads", heads, 1, 64);
  const net = new NetworkBuilder(picture, classes, options.likelihood);
  const groups = net.groupCount;
  const { tiesChannels } = net;
  /** So many channels as the state has them: of every group, or all in the first. */
  const spread = (count: number): ChannelRange[] =>
    tiesChannels ? firstGroupOnly(count, groups) : splitChannels(count, groups);
  const hidden = spread(channels);
  const inner = spread(Math.max(groups, Math.ceil(channels / 2)));
  const onebyone = pointwise(groups);

  const layer = (at: string, state: string, taps: readonly Tap[], other?: string): string => {
    const near = net.convolution(`${at}.first`, net.elu(`${at}.elu1`, state), { channels: inner, taps });
    const met =
      other === undefined
        ? near
        : net.add(
            `${at}.meet`,
            near,
            net.convolution(`${at}.other`, net.elu(`${at}.elu3`, other), {
              channels: inner,
              taps: onebyone,
              bias: false,
            }),
          );
    const dropped = net.dropout(`${at}.dropout`, net.elu(`${at}.elu2`, met), dropout);
    const both = scaleGroups(hidden, 2); // a and b, group by group
    let gates = net.convolution(`${at}.second`, dropped, { channels: both, taps: onebyone });
    if (classes > 0) gates = net.classBias(`${at}.class`, gates);
    return net.add(`${at}.sum`, state, net.glu(`${at}.glu`, gates));
  };

  const input = readPicture(net, options);
  const places = planes.length === 0 ? [] : [net.planes("planes", planes)];
  const joined = (name: string, ...inputs: string[]) =>
    inputs.length === 1 ? inputs[0]! : net.concat(name, ...inputs);
  const around = maskedKernel(7, "A", groups);
  const first = tiesChannels ? around.filter(({ dy, dx }) => dy !== 0 || dx !== 0) : around;
  const near = maskedKernel(3, "B", groups);

  const allHeads = heads * (tiesChannels ? 1 : groups);
  const queryGroups = scaleGroups(spread(allHeads), KEY_CHANNELS);
  const keyChannels = KEY_CHANNELS * allHeads;
  const valueChannels = allHeads * Math.max(1, Math.round(channels / 2 / allHeads));
  const kept = (name: string, source: string, count: number) =>
    net.convolution(name, source, { channels: lastGroupOnly(count, groups), taps: onebyone });

  let h = net.convolution("first", joined("placed", input, ...places), { channels: hidden, taps: first });
  for (let block = 1; block <= layers; block++) {
    const at = `block${block}`;
    h = layer(`${at}.layer1`, h, near);
    h = layer(`${at}.layer2`, h, near);
    const known = joined(`${at}.known`, input, h, ...places);
    const asking = joined(`${at}.asking`, h, ...places);
    const queries = net.convolution(`${at}.queries`, asking, { channels: queryGroups, taps: onebyone });
    const keys = kept(`${at}.keys`, known, keyChannels);
    const values = kept(`${at}.values`, known, valueChannels);
    const looked = net.attention(`${at}.attention`, allHeads, queries, keys, values);
    h = layer(`${at}.mix`, h, onebyone, looked);
  }
  return defineNetwork(net.logits(net.elu("head.elu", h), onebyone));
}

/** All channels in the last group, which knows its whole pixel. */
function lastGroupOnly(channels: number, groupCount: number): ChannelRange[] {
  return Array.from({ length: groupCount }, (_, group) => [0, group === groupCount - 1 ? channels : 0]);
}
