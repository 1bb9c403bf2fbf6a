import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Client, PluginCallError, UsageError } from "../src/index.ts";
import { loadPlugin, pluginPath } from "./support/plugin.ts";

/** y = 2·x + s, and x donated to y. */
const affine = `
module @affine {
  func.func public @main(%x: tensor<2x3xf32> {tf.aliasing_output = 0 : i32}, %s: tensor<f32>) -> tensor<2x3xf32> {
    %two = stablehlo.constant dense<2.0> : tensor<2x3xf32>
    %0 = stablehlo.multiply %x, %two : tensor<2x3xf32>
    %1 = stablehlo.broadcast_in_dim %s, dims = [] : (tensor<f32>) -> tensor<2x3xf32>
    %2 = stablehlo.add %0, %1 : tensor<2x3xf32>
    return %2 : tensor<2x3xf32>
  }
}`;

const identity = (type: string): string =>
  `func.func public @main(%x: tensor<${type}>) -> tensor<${type}> { return %x : tensor<${type}> }`;

describe.skipIf(!pluginPath)("a client", () => {
  let client: Client;
  beforeAll(async () => {
    client = await loadPlugin().createClient();
  });
  afterAll(() => client.dispose());

  it("names its platform, its interface and its devices", () => {
    expect(client.platform).toMatch(/^\w+$/);
    expect(loadPlugin().apiVersion).toMatch(/^0\.\d+$/);
    expect(client.devices.length).toBeGreaterThan(0);
    expect(client.devices.map((device) => device.id)).toEqual(client.devices.map((_, index) => index));
    expect(client.devices[0]?.kind).not.toBe("");
  });

  it("computes, takes the memory of donated arguments, and frees what is disposed of", async () => {
    const buffers = client.liveBuffers;
    const program = await client.compile(affine);
    expect(program.outputCount).toBe(1);
    let x = await client.upload(Float32Array.of(1, 2, 3, 4, 5, 6), [2, 3]);
    const s = await client.upload(Float32Array.of(0.5), []);
    for (let run = 0; run < 3; run++) {
      const given = x;
      const [[result]] = (await program.execute([[x, s]], { donated: [0] })) as [[typeof x]];
      x = result;
      expect(() => given.shape).toThrow(UsageError);
    }
    expect(x.shape).toEqual([2, 3]);
    expect(x.type).toBe("f32");
    expect(x.byteLength).toBe(24);
    // 8·x + 0.5·(4 + 2 + 1)
    expect(await x.download()).toEqual(Float32Array.of(11.5, 19.5, 27.5, 35.5, 43.5, 51.5));
    x.dispose();
    x.dispose();
    s.dispose();
    program.dispose();
    expect(client.liveBuffers).toBe(buffers);
    expect(client.liveExecutables).toBe(0);
  });

  it.each([
    ["pred", Uint8Array.of(0, 1, 1), "i1"],
    ["u8", Uint8Array.of(0, 255, 7), "ui8"],
    ["s8", Int8Array.of(-128, 127, 0), "i8"],
    ["u16", Uint16Array.of(65535, 1, 0), "ui16"],
    ["s32", Int32Array.of(-5, 2147483647, 0), "i32"],
    ["u32", Uint32Array.of(4294967295, 3, 0), "ui32"],
    ["s64", BigInt64Array.of(-1n, 2n ** 40n, 0n), "i64"],
    ["f32", Float32Array.of(Number.NaN, -0, Number.POSITIVE_INFINITY), "f32"],
    ["f64", Float64Array.of(0.1, -1e300, 5e-324), "f64"],
  ] as const)("takes arrays of %s up and down unchanged", async (type, values, name) => {
    const program = await client.compile(identity(`3x${name}`));
    const up = await client.upload(values, [3], client.devices[0], type);
    const [[down]] = (await program.execute([[up]])) as [[typeof up]];
    expect(down.type).toBe(type);
    const back = await down.download();
    expect(Buffer.from(back.buffer, back.byteOffset, back.byteLength)).toEqual(
      Buffer.from(values.buffer, values.byteOffset, values.byteLength),
    );
    for (const owned of [up, down, program]) owned.dispose();
  });

  it("takes arrays without elements, and ones too large for a copy during the call", async () => {
    const empty = await client.upload(new Float32Array(0), [0, 4]);
    expect(await empty.download()).toEqual(new Float32Array(0));
    const values = Float32Array.from({ length: 1 << 20 }, (_, index) => index);
    const large = await client.upload(values, [1024, 1024]);
    const into = new Float32Array(1 << 20);
    expect(await large.download(into)).toBe(into);
    expect(Buffer.compare(Buffer.from(into.buffer), Buffer.from(values.buffer))).toBe(0);
    empty.dispose();
    large.dispose();
  });

  it("leaves the event loop free while it compiles and computes", async () => {
    const size = 1024;
    const square = `func.func public @main(%x: tensor<${size}x${size}xf32>) -> tensor<${size}x${size}xf32> {
      ${Array.from({ length: 12 }, (_, i) => `%${i + 1} = stablehlo.dot_general ${i === 0 ? "%x" : `%${i}`}, %x, contracting_dims = [1] x [0] : (tensor<${size}x${size}xf32>, tensor<${size}x${size}xf32>) -> tensor<${size}x${size}xf32>`).join("\n      ")}
      return %12 : tensor<${size}x${size}xf32> }`;
    let turns = 0;
    const timer = setInterval(() => turns++, 1);
    const program = await client.compile(square);
    const x = await client.upload(new Float32Array(size * size), [size, size]);
    turns = 0;
    const [[y]] = (await program.execute([[x]])) as [[typeof x]];
    await y.download();
    clearInterval(timer);
    expect(turns).toBeGreaterThan(2);
    for (const owned of [x, y, program]) owned.dispose();
  });

  it("says what was refused, with the plugin's code, and goes on", async () => {
    const broken = client.compile("this is no program");
    await expect(broken).rejects.toThrow(PluginCallError);
    await expect(broken).rejects.toMatchObject({ call: "Client_Compile" });
    const program = await client.compile(affine);
    const x = await client.upload(new Float32Array(6), [2, 3]);
    await expect(program.execute([[x]])).rejects.toMatchObject({ codeName: "INVALID_ARGUMENT" });
    expect(() => program.execute([[x], [x]])).toThrow("expected arguments for 1 devices, got them for 2");
    expect(() => client.upload(new Float32Array(6), [2, 4])).toThrow(
      "expected 8 elements for the shape [2,4], got 6",
    );
    expect(() => x.download(new Float32Array(5))).toThrow(
      "expected an array of 24 bytes for f32[2,3], got 20",
    );
    expect(() => client.compile(affine, { replicas: 1000 })).toThrow(
      /as many as there are devices, got 1000$/,
    );
    expect(await x.download()).toEqual(new Float32Array(6));
    x.dispose();
    program.dispose();
    expect(() => x.download()).toThrow("expected a live buffer, got one that was disposed of");
  });
});

describe.skipIf(!pluginPath)("the end of a client", () => {
  it("waits for what is under way, frees what is left, and refuses later calls", async () => {
    const client = await loadPlugin().createClient();
    const program = await client.compile(identity("3xf32"));
    const x = await client.upload(Float32Array.of(1, 2, 3), [3]);
    const late = program.execute([[x]]);
    await client.dispose();
    await expect(late).resolves.toHaveLength(1);
    expect(client.liveBuffers).toBe(0);
    expect(client.liveExecutables).toBe(0);
    await expect(client.compile(identity("3xf32"))).rejects.toThrow("expected a live client");
    expect(() => program.execute([[x]])).toThrow(UsageError);
    await client.dispose();
  });
});
