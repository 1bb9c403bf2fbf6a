/** A model of finite weights whose numbers overflow float32 for one value: that behind the only bright one. */

import { NetworkBuilder } from "../../src/network/builder.ts";
import { defineNetwork } from "../../src/network/define-network.ts";
import type { GroupPair } from "../../src/network/graph.ts";
import { defineModel, type Model } from "../../src/network/model.ts";
import { pointwiseOwnGroup } from "../../src/network/taps.ts";
import { dimensions, type PictureShape } from "../../src/picture.ts";
import { logitsPerChannel } from "./values.ts";

/** What becomes of the logits there. Infinity minus infinity is NaN. */
export const overflows = { NaN: [1, -1], "plus infinity": [1, 0], "minus infinity": [-1, 0] } as const;
export type Overflow = keyof typeof overflows;

/** Grey pictures: the pixel to the right of the bright one. RGB: green of the pixel whose red is bright. */
export function overflowingModel(picture: PictureShape, overflow: Overflow): Model {
  const { channels: groups } = picture;
  const net = new NetworkBuilder(picture, 0);
  const pairs: GroupPair[] = [groups === 1 ? [0, 0] : [1, 0]];
  const tap = { dy: 0, dx: groups === 1 ? -1 : 0, pairs };
  // Two channels per group: 3e38 + 3e38·x, where x is -1 for the lowest level and 1 for the brightest.
  const hidden = net.relu(
    "relu",
    net.convolution("hidden", net.input(), { channels: 2 * groups, taps: [tap] }),
  );
  const network = defineNetwork(net.logits(hidden, pointwiseOwnGroup(groups)));
  const perChannel = logitsPerChannel(picture);
  const own = pairs[0]![0]; // the group that looks
  const [first, second] = overflows[overflow];
  const isOwn = (f: number) => Math.floor(f / 2) === own;
  const taps = Float32Array.from({ length: groups * 2 * groups }, (_, i) =>
    Math.floor(i / (2 * groups)) === 0 && isOwn(i % (2 * groups)) ? 3e38 : 0,
  );
  const outputs = groups * perChannel;
  const logits = Float32Array.from({ length: 2 * groups * outputs }, (_, i) => {
    const f = Math.floor(i / outputs);
    if (!isOwn(f) || Math.floor((i % outputs) / perChannel) !== own) return 0;
    return f % 2 === 0 ? first : second;
  });
  return defineModel(
    network,
    new Map([
      ["hidden.weight", taps],
      ["hidden.bias", Float32Array.from({ length: 2 * groups }, (_, f) => (isOwn(f) ? 3e38 : 0))],
      ["logits.weight", logits],
      ["logits.bias", new Float32Array(outputs)],
    ]),
  );
}

/** Dark pictures, but for one bright value in picture 4 of 6, at row 1 and column 2 (its red, if it has colours). */
export function darkPictures(picture: PictureShape): Uint8Array {
  const size = dimensions(picture);
  const levels = new Uint8Array(6 * size);
  levels[4 * size + (picture.width + 2) * picture.channels] = picture.levels - 1;
  return levels;
}

/** Where {@link darkPictures} overflow, drawn from index 10 on. */
export function placeOf({ channels }: PictureShape) {
  return {
    name: "LogitsError",
    picture: 14,
    y: 1,
    ...(channels === 1 ? { x: 3, channel: 0 } : { x: 2, channel: 1 }),
  };
}
