import { Trace } from "@pixelcnn/core/computation";
import type { Client, DeviceBuffer } from "@pixelcnn/pjrt";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { lstmCases } from "../../core/test/support/lstm-cases.ts";
import { printModule } from "../src/index.ts";
import { pluginPath, startClient } from "./support/client.ts";

describe.skipIf(!pluginPath)("a compiled LSTM", () => {
  let client: Client;
  beforeAll(async () => {
    client = await startClient();
  });
  afterAll(() => client.dispose());

  it.each(lstmCases)("is its definition, and its gradient the differences: $label", async (one) => {
    const computation = one.write(new Trace());
    const program = await client.compile(printModule(computation));
    const given = await Promise.all(
      computation.arguments.map(({ name, value }) => client.upload(one.given[name]!, value.shape)),
    );
    const [results] = (await program.execute([given])) as [DeviceBuffer[]];
    const [states, da, dweight] = await Promise.all(results.map((result) => result.download<Float32Array>()));
    expect(one.errorOf(states!, da!, dweight!)).toBeLessThan(1e-6);
    for (const held of [...given, ...results, program]) held.dispose();
  });
});
