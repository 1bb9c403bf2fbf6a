import {
  decodeModelFile,
  defineNetwork,
  gated,
  NetworkBuilder,
  PixelCnnError,
  pointwise,
  receptiveField,
  type Tap,
} from "@pixelcnn/core";
import { describe, expect, it } from "vitest";
import { withDescription } from "./forge.ts";
import { hostileGraphs, SMALL } from "./hostile-graphs.ts";

describe("a file of a hundred kilobytes is refused within a second and without much memory", () => {
  it.each(hostileGraphs)("%s", (_, graph) => {
    const file = withDescription((description) => Object.assign(description, graph, { classes: 0 }));
    expect(file.length).toBeLessThan(SMALL);
    expect(file.length).toBeGreaterThan(0.4 * SMALL);
    const memory = process.memoryUsage().arrayBuffers;
    const begun = process.cpuUsage();
    let error: unknown;
    try {
      decodeModelFile(file);
    } catch (thrown) {
      error = thrown;
    }
    // Of the processor's time, since others may want the machine as well.
    const { user, system } = process.cpuUsage(begun);
    expect((user + system) / 1e6).toBeLessThan(1);
    expect(process.memoryUsage().arrayBuffers - memory).toBeLessThan(256 * 2 ** 20);
    expect(error).toBeInstanceOf(PixelCnnError);
    expect((error as Error).message.length).toBeLessThan(1000);
  });
});

it("eight megabytes of mistakes are refused at the first, within a second", () => {
  const file = withDescription((description) => {
    description.network.nodes[1].taps[0].pairs = Array.from({ length: 1e6 }, () => ["a"]);
  });
  const begun = process.cpuUsage();
  expect(() => decodeModelFile(file)).toThrow(/pairs\.0\.0: expected a number, got "a"/);
  const { user, system } = process.cpuUsage(begun);
  expect((user + system) / 1e6).toBeLessThan(1);
});

describe("what people draw is not refused", () => {
  it("64 gated blocks on 400×400 RGB pictures, dilated up to 16", () => {
    const picture = { height: 400, width: 400, channels: 3, levels: 256 };
    const options = { picture, channels: 6, layers: 64, dilations: [1, 2, 4, 8, 16] };
    expect(() => defineNetwork(gated(options))).not.toThrow();
  });

  it("logits that see everything that was drawn before on 400×400 pictures, which can be listed", () => {
    const net = new NetworkBuilder({ height: 400, width: 400, channels: 1, levels: 2 }, 0);
    const tap = (dy: number, dx: number): Tap => ({ dy, dx, pairs: [[0, 0]] });
    let above = net.convolution("above", net.input(), { channels: 1, taps: [tap(-1, 0)] });
    let left = net.convolution("left", "input", { channels: 1, taps: [tap(0, -1)] });
    for (let shift = 1; shift < 400; shift *= 2) {
      above = net.convolution(`up${shift}`, above, { channels: 1, taps: [tap(0, 0), tap(-shift, 0)] });
      above = net.convolution(`aside${shift}`, above, {
        channels: 1,
        taps: [tap(0, -shift), tap(0, 0), tap(0, shift)],
      });
      left = net.convolution(`left${shift}`, left, { channels: 1, taps: [tap(0, 0), tap(0, -shift)] });
    }
    const network = defineNetwork(net.logits(net.add("both", above, left), pointwise(1)));
    const { seen, blindSpot, reach } = receptiveField(network);
    expect(seen).toHaveLength(399 * 799 + 399);
    expect(blindSpot).toEqual([]);
    expect(reach).toEqual({ up: 399, left: 399, right: 399 });
  });
});

it("a graph that is not causal by a way through hundreds of nodes is told in a line", () => {
  const net = new NetworkBuilder({ height: 2, width: 2, channels: 1, levels: 2 }, 0);
  let last = net.input();
  for (let i = 0; i < 300; i++) last = net.relu(`an activation with a long name, number ${i}`, last);
  const attempt = () => defineNetwork(net.logits(last, pointwise(1)));
  expect(attempt).toThrow(/through logits tap .* number 299 < .*290 more.* number 0 < input; remove/);
  expect(attempt).toThrow(expect.objectContaining({ message: expect.stringMatching(/^.{0,1000}$/) }));
});
