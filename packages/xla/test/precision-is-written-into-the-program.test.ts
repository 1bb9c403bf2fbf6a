import type { Network } from "@pixelcnn/core";
import { FlatLayout, initialise, scalarsOf, traceStep } from "@pixelcnn/core/training";
import type { Client } from "@pixelcnn/pjrt";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { adam, cases, networkOf, noiseBatch, noiseWindows } from "../../core/test/support/small-trainings.ts";
import { type Precision, printModule, XlaEngine, XlaError } from "../src/index.ts";
import { pluginPath, startClient } from "./support/client.ts";

/** The step of four pictures of a preset's small network, as text. */
function stepOf(index: number, precision: Precision, platform?: string): string {
  const step = traceStep(networkOf(cases[index]!), { ...adam, batchSize: 4 });
  return printModule(step, { precision, ...(platform !== undefined && { platform }) });
}

const multiplying = /stablehlo\.(convolution|dot_general)/;
const linesOf = (text: string) => text.split("\n");
const everyCase = cases.map(({ name }, index) => ({ name, index }));

describe.each(everyCase)("the step of case $index, $name", ({ index }) => {
  const exact = stepOf(index, "float32");

  it("multiplies at the highest precision unless less is asked for", () => {
    const lines = linesOf(exact).filter((line) => multiplying.test(line));
    expect(lines.length).toBeGreaterThan(5);
    for (const line of lines) expect(line.match(/HIGHEST/g), line).toHaveLength(2);
    expect(exact).not.toMatch(/DEFAULT|bf16/);
    expect(printModule(traceStep(networkOf(cases[index]!), { ...adam, batchSize: 4 }))).toBe(exact);
  });

  it("leaves products and convolutions to the device's tf32, and nothing else", () => {
    expect(stepOf(index, "tf32")).toBe(exact.replaceAll("HIGHEST", "DEFAULT"));
  });

  it("rounds factors, and a convolution's results, to bf16, and nothing else", () => {
    const rounded = linesOf(stepOf(index, "bf16")).filter((line) => line.includes("bf16"));
    const products = rounded.filter((line) => line.includes("dot_general"));
    const convolutions = rounded.filter((line) => line.includes("stablehlo.convolution"));
    expect(products.length + convolutions.length).toBe(
      linesOf(exact).filter((line) => multiplying.test(line)).length,
    );
    for (const line of products)
      expect(line).toMatch(/: \(tensor<\S*xbf16>, tensor<\S*xbf16>\) -> tensor<\S*xf32>$/);
    for (const line of convolutions)
      expect(line).toMatch(/: \(tensor<\S*xbf16>, tensor<\S*xbf16>\) -> tensor<\S*xbf16>$/);
    const others = rounded.filter((line) => !multiplying.test(line));
    for (const line of others) expect(line).toMatch(/= stablehlo\.convert /);
    expect(others.length).toBe(2 * products.length + 3 * convolutions.length);
  });

  it("is the same for a processor, but in bf16", () => {
    expect(stepOf(index, "float32", "cpu")).toBe(exact);
  });

  it("rounds factors of products alone on a processor, and lays out as rows what lies in columns", () => {
    const lines = linesOf(stepOf(index, "bf16", "cpu"));
    const products = lines.filter((line) => line.includes("dot_general"));
    expect(products.length).toBeGreaterThan(2);
    for (const line of products) {
      expect(line).toMatch(/: \(tensor<\S*xbf16>, tensor<\S*xbf16>\) -> tensor<\S*xf32>$/);
      expect(line).toContain("contracting_dims = [1] x ");
    }
    const ofFilters = linesOf(exact).filter((line) => line.includes("contracting_dims = [0] x "));
    const turned = lines.filter((line) => line.includes("optimization_barrier"));
    expect(turned.length).toBe(ofFilters.length);
    expect(ofFilters.length).toBeGreaterThan(0);
    for (const line of turned) expect(line).toMatch(/: tensor<\d+xbf16>$/);
    for (const line of lines.filter((line) => line.includes("stablehlo.convolution")))
      expect(line).not.toContain("bf16");
  });
});

describe.skipIf(!pluginPath)("on XLA's processor client", () => {
  let client: Client;
  beforeAll(async () => {
    client = await startClient();
  });
  afterAll(() => client.dispose());

  it("tf32 changes no bit, and so is refused, and bf16 changes nats and gradient norm a little", async ({
    skip,
  }) => {
    skip(client.platform !== "cpu", "this plugin is no processor's");
    const network = networkOf(cases[4]!);
    const model = initialise(network, 3);
    const [exact, tf32, bf16] = await Promise.all([toldBy("float32"), toldBy("tf32"), toldBy("bf16")]);
    expect(tf32).toEqual(exact);
    for (const [index, value] of exact.entries()) {
      expect(bf16[index]).not.toBe(value);
      expect(Math.abs(bf16[index]! / value - 1)).toBeLessThan(0.01);
    }
    await expect(XlaEngine.start(client, model, adam, { precision: "tf32" })).rejects.toThrow(XlaError);
    expect(client.liveBuffers).toBe(0);

    /** Nats and gradient norm of a step. */
    async function toldBy(precision: Precision): Promise<readonly number[]> {
      const program = await client.compile(stepOf(4, precision, client.platform));
      const layout = new FlatLayout(network);
      // At the start all logits are 0, and so exact.
      const weights = layout.flattenWeights(model).map((weight, index) => weight + Math.sin(index) / 10);
      const statistics = layout.flattenStatistics(model);
      const zeros = new Float32Array(weights.length);
      const scalars = scalarsOf(1, 0.01, 0.9, adam);
      const { height, width, channels } = network.picture;
      const given = await Promise.all([
        ...[weights, statistics, weights, statistics, zeros, zeros].map((vector) =>
          client.upload(vector, [vector.length]),
        ),
        client.upload(Float32Array.of(1), []),
        client.upload(noiseBatch(network, 4, 1).levels, [4, height, width, channels]),
        client.upload(scalars, [scalars.length]),
      ]);
      const [results] = await program.execute([given]);
      const told = await Promise.all(results!.slice(-2).map(async (result) => (await result.download())[0]));
      for (const owned of [...given, ...results!, program]) owned.dispose();
      return told as number[];
    }
  });

  const firstOfEach = everyCase.filter(
    ({ name, index }) => index === cases.findIndex((one) => one.name === name),
  );
  const onPixels = firstOfEach.filter(({ name }) => name === "local");
  it.each([
    ...firstOfEach.map((one) => ({ ...one, read: noiseBatch, of: "pictures" })),
    ...onPixels.map((one) => ({ ...one, read: noiseWindows, of: "pixels" })),
  ])("bf16 is another number near by: case $index, $name on $of", async ({ index, read }) => {
    const network = networkOf(cases[index]!);
    const exact = await trainedBy(network, read, "float32");
    const bf16 = await trainedBy(network, read, "bf16");
    for (const [step, nats] of exact.entries()) expect(Math.abs(bf16[step]! / nats - 1)).toBeLessThan(1e-3);
    expect(bf16).not.toEqual(exact);
    expect(client.liveBuffers).toBe(0);
    expect(client.liveExecutables).toBe(0);
  });

  /** Nats of three steps. */
  async function trainedBy(
    network: Network,
    read: typeof noiseBatch,
    precision: Precision,
  ): Promise<number[]> {
    const engine = await XlaEngine.start(client, initialise(network, 3), adam, { precision });
    const nats: number[] = [];
    for (let step = 1; step <= 3; step++) {
      const told = await engine.train(read(network, 4, step), 0.01, { seed: 1, indices: [0, 1, 2, 3], step });
      nats.push(told.nats);
    }
    await engine.dispose();
    return nats;
  }
});
