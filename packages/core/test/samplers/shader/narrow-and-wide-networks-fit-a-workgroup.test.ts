/**
 * Networks beyond what a workgroup holds at once (inputs in pieces, channels in turns, positions in chunks, activations in storage) and ordinary ones,
 * divided among few invocations and among many.
 */
import { beforeAll, describe, expect, it } from "vitest";
import { NetworkBuilder } from "../../../src/network/builder.ts";
import { defineNetwork } from "../../../src/network/define-network.ts";
import type { Network } from "../../../src/network/graph.ts";
import { maskedKernel, pointwise } from "../../../src/network/taps.ts";
import { gated } from "../../../src/presets/gated.ts";
import { generateProgram } from "../../../src/samplers/shader/generator.ts";
import { type GpuDevice, shaderSampler } from "../../../src/samplers/shader/index.ts";
import { useBackend } from "../../support/backends.ts";
import { openDevice, withChanges } from "../../support/dawn.ts";
import { drawPictures } from "../../support/draw-pictures.ts";
import { randomWeights } from "../../support/random-model.ts";
import { countTies } from "../../support/ties.ts";

const device = await openDevice();
const samplers = {
  "the invocations of a software GPU": shaderSampler(device),
  // A device that does not tell what it is gets as many as a hardware GPU.
  "the invocations of a hardware GPU": shaderSampler(
    withChanges(device, { adapterInfo: undefined } as unknown as Partial<GpuDevice>),
  ),
};
beforeAll(() => useBackend("wasm"));

function network(build: (net: NetworkBuilder, x: string) => string): Network {
  const net = new NetworkBuilder({ height: 4, width: 3, channels: 1, levels: 4 }, 0);
  return defineNetwork(net.logits(build(net, net.input()), pointwise(1)));
}

describe.each(
  Object.entries({
    "stacks and gates": gated({
      picture: { height: 5, width: 6, channels: 1, levels: 40 },
      channels: 16,
      layers: 3,
    }),
    "1,800 inputs of a sum": network((net, x) => {
      const a = net.relu("a", net.convolution("first", x, { channels: 75, taps: maskedKernel(3, "A", 1) }));
      return net.convolution("second", a, { channels: 6, taps: maskedKernel(7, "B", 1) });
    }),
    "nodes of 1,800 channels, more than the registers hold": network((net, x) => {
      const a = net.convolution("first", x, { channels: 100, taps: maskedKernel(3, "A", 1) });
      return net.elu("b", net.concat("many", ...new Array<string>(18).fill(a)));
    }),
    "scores of 300 heads, three positions of them at once": network((net, x) => {
      const channels = 300;
      const first = { channels, taps: maskedKernel(3, "A", 1) };
      const of = (name: string) => net.convolution(name, x, first);
      return net.attention("looked", 300, of("queries"), of("keys"), of("values"));
    }),
  }),
)("%s", (_, wide) => {
  const model = randomWeights(wide, 3);

  it.each(Object.entries(samplers))("are drawn by %s as by the incremental sampler", async (_, sampler) => {
    const options = { seed: 5, count: 2 };
    const { levels } = await drawPictures(model, options);
    const drawn = await drawPictures(model, { ...options, sampler });
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

it("a head more than a workgroup holds is refused before anything is compiled", () => {
  const many = network((net, x) => {
    const first = net.convolution("first", x, { channels: 600, taps: maskedKernel(3, "A", 1) });
    return net.attention("looked", 600, first, first, first);
  });
  expect(() => generateProgram(randomWeights(many, 3))).toThrow(
    "expected at most 512 heads of attention in a channel group, got 600; draw with the incremental sampler",
  );
});
