/** Networks beyond what a workgroup holds at once: inputs in pieces, channels in turns, activations in storage. */
import { beforeAll, describe, expect, it } from "vitest";
import { NetworkBuilder } from "../../src/network/builder.ts";
import { defineNetwork } from "../../src/network/define-network.ts";
import type { Network } from "../../src/network/graph.ts";
import { maskedKernel, pointwise } from "../../src/network/taps.ts";
import { generateProgram } from "../../src/shader/generator.ts";
import { shaderReader } from "../../src/shader/index.ts";
import { useBackend } from "../support/backends.ts";
import { openDevice } from "../support/dawn.ts";
import { drawPictures } from "../support/draw-pictures.ts";
import { randomWeights } from "../support/random-model.ts";
import { countTies } from "../support/ties.ts";

const reader = shaderReader(await openDevice());
beforeAll(() => useBackend("wasm"));

function network(build: (net: NetworkBuilder, x: string) => string): Network {
  const net = new NetworkBuilder({ height: 4, width: 3, channels: 1, levels: 4 }, 0);
  return defineNetwork(net.logits(build(net, net.input()), pointwise(1)));
}

describe.each(
  Object.entries({
    "1,800 inputs of a sum": network((net, x) => {
      const a = net.relu("a", net.convolution("first", x, { channels: 75, taps: maskedKernel(3, "A", 1) }));
      return net.convolution("second", a, { channels: 6, taps: maskedKernel(7, "B", 1) });
    }),
    "700 channels of a node, more than invocations and registers": network((net, x) => {
      const a = net.convolution("first", x, { channels: 700, taps: maskedKernel(3, "A", 1) });
      return net.add("sum", net.elu("b", a), net.gate("gate", net.concat("twice", a, a)));
    }),
  }),
)("%s", (_, wide) => {
  const model = randomWeights(wide, 3);

  it("are drawn as the incremental reader draws them", async () => {
    const options = { seed: 5, count: 2 };
    const { levels } = await drawPictures(model, options);
    const drawn = await drawPictures(model, { ...options, reader });
    const ties = await countTies(model, levels, drawn.levels, { seed: 5, temperature: 1, labels: null });
    expect(ties.ties).toBe(0);
  });

  it("keep within WebGPU's default limits", () => {
    const { position } = generateProgram(model);
    const sizes = [...position.matchAll(/var<workgroup> \w+: array<(f32|vec4f), (\d+)>/g)];
    expect(sizes).toHaveLength(3);
    const bytes = sizes.map(([, type, length]) => Number(length) * (type === "f32" ? 4 : 16));
    expect(bytes.reduce((sum, size) => sum + size)).toBeLessThanOrEqual(16_384);
    expect(Number(/@workgroup_size\((\d+)\)/.exec(position)![1])).toBeLessThanOrEqual(256);
  });
});
