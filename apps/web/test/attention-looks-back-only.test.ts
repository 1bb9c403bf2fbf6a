/** The toy of the article against the attention of core, whose queries and keys are given the toy's weights. */
import { defineModel, defineNetwork, NetworkBuilder, PictureAttention } from "@pixelcnn/core";
import { describe, expect, it } from "vitest";
import { toyAttention } from "../src/views/explain/figures/attention-toy.ts";

const [HEIGHT, WIDTH, STRICTNESS] = [6, 7, 3];
const SIZE = HEIGHT * WIDTH;
const bits = Uint8Array.from({ length: SIZE }, (_, i) => ((i * i + 3 * i) % 5) & 1);

/** What the article says of a query: two rows above, two columns to either side, and two pixels to the left. */
const pairs = [[0, 0]] as const;
const taps = [
  ...[-2, -1].flatMap((dy) => [-2, -1, 0, 1, 2].map((dx) => ({ dy, dx, pairs: [[0, 0]] as const }))),
  ...[-2, -1].map((dx) => ({ dy: 0, dx, pairs })),
];

function sameInCore() {
  const net = new NetworkBuilder({ height: HEIGHT, width: WIDTH, channels: 1, levels: 2 }, 0);
  const input = net.input();
  const seen = (name: string) => net.convolution(name, input, { channels: taps.length, taps, bias: false });
  const looked = net.attention("looked", 1, seen("queries"), seen("keys"), input);
  const network = defineNetwork(net.logits(looked, [{ dy: 0, dx: 0, pairs }]));
  // [taps, in, out]: every channel is one tap.
  const each = (value: number) =>
    Float32Array.from({ length: taps.length ** 2 }, (_, i) => (i % (taps.length + 1) === 0 ? value : 0));
  const weights = new Map([
    ["queries.weight", each(STRICTNESS)],
    ["keys.weight", each(1)],
    ["logits.weight", new Float32Array(1)],
    ["logits.bias", new Float32Array(1)],
  ]);
  return PictureAttention.of(defineModel(network, weights), bits);
}

describe("the article's head of attention", () => {
  it("weighs what core's attention weighs, from every position", async () => {
    const core = await sameInCore();
    for (let position = 0; position < SIZE; position++) {
      const { weights } = core.at(Math.floor(position / WIDTH), position % WIDTH)[0]!;
      const toy = toyAttention(bits, WIDTH, position, STRICTNESS);
      expect(toy.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(position === 0 ? 0 : 1, 12);
      for (let q = 0; q < SIZE; q++) expect(toy[q]).toBeCloseTo(weights[q]!, 5);
    }
  });

  it("knows nothing of its own pixel and of later ones", () => {
    for (let position = 0; position < SIZE; position++) {
      const weights = toyAttention(bits, WIDTH, position, STRICTNESS);
      expect(weights.subarray(position).every((weight) => weight === 0)).toBe(true);
      const changed = bits.map((bit, i) => (i < position ? bit : 1 - bit));
      expect(toyAttention(changed, WIDTH, position, STRICTNESS)).toEqual(weights);
    }
  });
});
