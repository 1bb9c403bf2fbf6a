import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Client } from "../src/index.ts";
import { loadPlugin, pluginPath } from "./support/plugin.ts";

const sumOver = (replicas: number): string => `
module @sum attributes {mhlo.num_replicas = ${replicas} : i32, mhlo.num_partitions = 1 : i32} {
  func.func public @main(%x: tensor<2xf32>) -> tensor<2xf32> {
    %0 = "stablehlo.all_reduce"(%x) ({
    ^bb0(%a: tensor<f32>, %b: tensor<f32>):
      %s = stablehlo.add %a, %b : tensor<f32>
      stablehlo.return %s : tensor<f32>
    }) {replica_groups = dense<[[${Array.from({ length: replicas }, (_, i) => i)}]]> : tensor<1x${replicas}xi64>} : (tensor<2xf32>) -> tensor<2xf32>
    return %0 : tensor<2xf32>
  }
}`;

describe.skipIf(!pluginPath)("several devices", () => {
  let client: Client;
  beforeAll(async () => {
    client = await loadPlugin().createClient();
  });
  afterAll(() => client.dispose());

  it("add up what each of them has", async ({ skip }) => {
    const replicas = Math.min(4, client.devices.length);
    skip(replicas < 2, "this plugin has one device");
    const program = await client.compile(sumOver(replicas), { replicas });
    expect(program.deviceCount).toBe(replicas);
    const inputs = await Promise.all(
      client.devices
        .slice(0, replicas)
        .map(async (device, index) => [
          await client.upload(Float32Array.of(10 ** index, index), [2], device),
        ]),
    );
    const outputs = await program.execute(inputs);
    for (const [result] of outputs) {
      expect(await result?.download()).toEqual(
        Float32Array.of((10 ** replicas - 1) / 9, (replicas * (replicas - 1)) / 2),
      );
    }
    for (const buffer of [...inputs, ...outputs].flat()) buffer.dispose();
    program.dispose();
  });

  it("copy arrays to one another", async ({ skip }) => {
    const other = client.devices[1];
    skip(!other, "this plugin has one device");
    const here = await client.upload(Int32Array.of(1, 2, 3), [3]);
    const there = await here.copyTo(other!);
    here.dispose();
    expect(await there.download()).toEqual(Int32Array.of(1, 2, 3));
    there.dispose();
    expect(client.liveBuffers).toBe(0);
  });
});
