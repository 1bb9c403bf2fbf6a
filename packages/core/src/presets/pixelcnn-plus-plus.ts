/**
 * PixelCNN++: two stacks of gated residual layers, out and back again. What a layer on the way out knew is mixed in by the layer of the same reach on
 * the way back.
 *
 *     v = conv_above,2×3(x, 1)             h = conv_beside,2×3(x, 1)            1: the plane inside
 *     r(s, a, …) = s + glu(conv(dropout(c(conv(c(s)) + Σ conv_1×1(c(a))))) + V·class)          c = concat-ELU, glu = a·σ(b)
 *     v_i = r(v_{i-1})                     h_i = r(h_{i-1}, v_i)                out, i = 1 … n
 *     v   = r(v, v_{i-1})                  h   = r(h, v, h_{i-1})               back, i = n … 1, from v_n and h_n
 *     logits = conv_1×1(elu(h))
 *
 * Convolutions of v are 2×3 (the row above and the own one, whose v sees rows above alone), those of h 2×2. Salimans et al. 2017, arXiv:1701.05517, section
 * 2 and figure 2; the mixture of logistics that it is published with is a likelihood of any network here (likelihoods/).
 *
 * How we differ: the paper halves the resolution twice and doubles it again. Here convolutions are dilated in place of that, by 2 and by 4: a
 * layer has the same reach, and the graph is the same at every position, so that it is computed position by position like any other. Two
 * 1×1 convolutions that are added stand for the paper's one of two states joined: they are the same. Weights are plain, not normalised; a pair of first
 * convolutions that the paper adds is one over the places of both. docs/comparisons.md has the published settings of a training beside ours.
 */

import { NetworkBuilder } from "../network/builder.ts";
import { defineNetwork } from "../network/define-network.ts";
import type { Network, Plane, Tap } from "../network/graph.ts";
import { firstGroupOnly, scaleGroups, splitChannels } from "../network/groups.ts";
import { maskedKernel, pointwise, pointwiseAllGroups, rowsAbove, rowsUpTo } from "../network/taps.ts";
import { checkDilations, checkPresetOptions, type PresetOptions } from "./options.ts";
import { readPicture } from "./read-picture.ts";

/** Options of {@link pixelcnnPlusPlus}. */
export interface PixelCnnPlusPlusOptions extends PresetOptions {
  /** Dilations of the stages, each of as many layers as the others, from the picture outwards; [1, 2, 4] by default. */
  readonly dilations?: readonly number[];
  /** What convolutions of the picture are told besides; a plane of ones by default, as published. */
  readonly planes?: readonly Plane[];
}

/**
 * PixelCNN++ (Salimans et al. 2017, arXiv:1701.05517) with dilation in place of strides: 32 channels and 3 layers out and back by default; published
 * with 160 channels, 15 layers, dropout 0.5 and a mixture of ten logistics.
 *
 * @throws {OptionError} for an option out of range.
 */
export function pixelcnnPlusPlus(options: PixelCnnPlusPlusOptions): Network {
  const { picture, classes = 0, channels = 32, layers = 3, dropout = 0 } = options;
  const { dilations = [1, 2, 4], planes = ["inside"] } = options;
  checkPresetOptions(picture, channels, layers);
  checkDilations(dilations);
  const net = new NetworkBuilder(picture, classes, options.likelihood);
  const groups = net.groupCount;
  const hidden = net.tiesChannels ? firstGroupOnly(channels, groups) : splitChannels(channels, groups);
  const stacks = {
    vertical: { taps: rowsUpTo(3, groups), mixed: pointwiseAllGroups(groups) },
    horizontal: { taps: maskedKernel(3, "B", groups).filter(({ dx }) => dx <= 0), mixed: pointwise(groups) },
  };

  /** A state is read by several layers, and activated once. */
  const activated = new Map<string, string>();
  const activate = (state: string): string => {
    const known = activated.get(state) ?? net.concatElu(`${state}.elu`, state);
    activated.set(state, known);
    return known;
  };
  const layer = (at: string, stack: Stack, dilation: number, state: string, ...others: Other[]): string => {
    const { taps } = stack;
    const looked = net.convolution(`${at}.first`, activate(state), { channels: hidden, taps, dilation });
    const mixed = others.map(({ name, state: other, taps: across }) =>
      net.convolution(`${at}.${name}`, activate(other), { channels: hidden, taps: across, bias: false }),
    );
    const met = mixed.length === 0 ? looked : net.add(`${at}.meet`, looked, ...mixed);
    const dropped = net.dropout(`${at}.dropout`, net.concatElu(`${at}.elu`, met), dropout);
    const both = scaleGroups(hidden, 2); // a and b, group by group
    let gates = net.convolution(`${at}.second`, dropped, { channels: both, taps, dilation });
    if (classes > 0) gates = net.classBias(`${at}.class`, gates);
    return net.add(`${at}.sum`, state, net.glu(`${at}.glu`, gates));
  };

  const input = readPicture(net, options);
  const x = planes.length === 0 ? input : net.concat("placed", input, net.planes("planes", planes));
  const above = rowsAbove(5, groups).filter(({ dx }) => Math.abs(dx) <= 1);
  const beside = maskedKernel(3, "A", groups);
  const first = net.tiesChannels ? beside.filter(({ dy, dx }) => dy !== 0 || dx !== 0) : beside;
  let v = net.convolution("first.vertical", x, { channels: hidden, taps: above });
  let h = net.convolution("first.horizontal", x, { channels: hidden, taps: first });

  const dilationOf = (i: number) => dilations[Math.floor(((i - 1) * dilations.length) / layers)]!;
  const { vertical, horizontal } = stacks;
  const known = [{ v, h }];
  for (let i = 1; i <= layers; i++) {
    v = layer(`out${i}.vertical`, vertical, dilationOf(i), v);
    h = layer(`out${i}.horizontal`, horizontal, dilationOf(i), h, {
      name: "across",
      state: v,
      taps: vertical.mixed,
    });
    known.push({ v, h });
  }
  for (let i = layers; i >= 1; i--) {
    const before = known[i - 1]!;
    v = layer(`back${i}.vertical`, vertical, dilationOf(i), v, {
      name: "before",
      state: before.v,
      taps: vertical.mixed,
    });
    h = layer(
      `back${i}.horizontal`,
      horizontal,
      dilationOf(i),
      h,
      { name: "across", state: v, taps: vertical.mixed },
      { name: "before", state: before.h, taps: horizontal.mixed },
    );
  }
  return defineNetwork(net.logits(net.elu("head.elu", h), pointwise(groups)));
}

/** Where a stack's convolutions look, and which groups a 1×1 of one of its states may connect. */
interface Stack {
  readonly taps: readonly Tap[];
  readonly mixed: readonly Tap[];
}

/** A state that a layer mixes in by a 1×1 convolution. */
interface Other {
  /** Of the convolution. */
  readonly name: string;
  readonly state: string;
  readonly taps: readonly Tap[];
}
