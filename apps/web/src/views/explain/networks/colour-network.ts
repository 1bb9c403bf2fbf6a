/** The networks of the figure on colours: mask A's and mask B's centre tap join the colour groups that the visitor chooses. */
import {
  type GroupPair,
  type Network,
  NetworkBuilder,
  pointwise,
  rowLeft,
  rowsAbove,
  type Tap,
} from "@pixelcnn/core";

export const COLOURS = ["red", "green", "blue"] as const;

/** Which group reads which at the centre: output·3 + input, so a row for each output. */
export type ColourPairs = readonly boolean[];

const SIDE = 5;

export function colourNetwork(first: ColourPairs, later: ColourPairs): Network {
  const net = new NetworkBuilder({ height: SIDE, width: SIDE, channels: 3, levels: 2 }, 0);
  const h = net.convolution("first", net.input(), { channels: 3, taps: tapsOf(first) });
  const g = net.convolution("second", h, { channels: 3, taps: tapsOf(later) });
  return net.logits(g, pointwise(3));
}

/** All that is earlier in full, and the centre as chosen. */
function tapsOf(centre: ColourPairs): Tap[] {
  const pairs = centre.flatMap((on, i): GroupPair[] => (on ? [[Math.floor(i / 3), i % 3]] : []));
  const around = [...rowsAbove(3, 3), ...rowLeft(3, "A", 3).filter(({ dx }) => dx < 0)];
  return pairs.length === 0 ? around : [...around, { dy: 0, dx: 0, pairs }];
}
