/**
 * The pinned arithmetic is what docs/pinned-arithmetic.json keeps under its id, in this engine and in a browser's. Who changes a bit, or
 * the order of additions, gives it another id (src/arithmetic/pinned-arithmetic.ts). Where a preset builds another network, and only there
 * ("network of …" differs), its numbers are deleted. Numbers that are not kept, of a new id or of a new network, are added by
 *
 *     PIXELCNN_WRITE_PINNED=1 pnpm --filter core exec vitest run test/samplers/incremental/the-arithmetic-is-pinned.test.ts
 */
import { readFile, writeFile } from "node:fs/promises";
import { expect, it } from "vitest";
import { elu, gate } from "../../../src/arithmetic/activations.ts";
import { exponential } from "../../../src/arithmetic/exponential.ts";
import { PINNED_ARITHMETIC } from "../../../src/arithmetic/pinned-arithmetic.ts";
import { buildPreset } from "../../../src/presets/build-preset.ts";
import { inChromium } from "../../support/in-chromium.ts";
import { orderOfAdditions } from "../../support/order-of-additions.ts";
import { type PinnedNumbers, pinnedNumbers } from "../../support/pinned-numbers.ts";

const file = new URL("../../../../../docs/pinned-arithmetic.json", import.meta.url);
const kept = JSON.parse(await readFile(file, "utf8")) as Record<string, PinnedNumbers>;

it("computes here what it has computed since it has its id", async () => {
  const numbers = await pinnedNumbers();
  if (process.env.PIXELCNN_WRITE_PINNED) {
    kept[PINNED_ARITHMETIC] = { ...numbers, ...kept[PINNED_ARITHMETIC] };
    await writeFile(file, `${JSON.stringify(kept, null, 2)}\n`);
  }
  expect(numbers).toEqual(kept[PINNED_ARITHMETIC]);
});

it("computes the same in Chromium", async () => {
  const there = await inChromium(new URL("../../support/pinned-numbers.ts", import.meta.url));
  expect(await there.call("pinnedNumbers")).toEqual(kept[PINNED_ARITHMETIC]);
  await there.close();
}, 60_000);

it("both versions compute the same numbers", () => {
  const numbers = Object.entries(kept[PINNED_ARITHMETIC]!);
  const ofScalar = numbers.filter(([what]) => what.startsWith("scalar: "));
  expect(ofScalar.length).toBeGreaterThan(15);
  for (const [what, hash] of ofScalar) {
    expect(numbers).toContainEqual([what.replace("scalar", "simd"), hash]);
  }
});

it.each([
  ["e^-87", exponential(-87), 0x00b33686],
  ["e^-1", exponential(-1), 0x3ebc5ab2],
  ["e^0", exponential(0), 0x3f800000],
  ["e^1", exponential(1), 0x402df854],
  ["e^87", exponential(87), 0x7e36d80a],
  ["tanh(0.5)·σ(-1)", gate(0.5, -1), 0x3dfe87cc],
  ["tanh(-3)·σ(2)", gate(-3, 2), 0xbf605e75],
  ["tanh(20)·σ(40)", gate(20, 40), 0x3f800000],
  ["elu(-0.25)", elu(-0.25), 0xbe62820c],
  ["elu(-40)", elu(-40), 0xbf800000],
  ["elu(2)", elu(2), 0x40000000],
])("%s is %d, as the page says", (_, value, bits) => {
  expect(new Uint32Array(Float32Array.of(value).buffer)[0]).toBe(bits);
});

it("adds up in the order of the graph: biases, tap after tap with its inputs, what else is added", () => {
  const picture = { height: 2, width: 2, channels: 1, levels: 3 };
  const network = buildPreset("gated", { picture, channels: 2, layers: 1, classes: 2 });
  expect(orderOfAdditions(network)).toMatchInlineSnapshot(`
    "row 0: 1.0+2 = bias1.0 + weight1[16]·(-1,-1)0.0+1 + weight1[17]·(-1,0)0.0+1 + weight1[18]·(-1,1)0.0+1
    position 0: 2.0+2 = bias2.0 + weight2[2]·(0,-1)0.0+1
    row 0: 4.0+4 = bias3.0 + weight3[0]·(-1,-1)1.0+2 + weight3[1]·(-1,0)1.0+2 + weight3[2]·(-1,1)1.0+2 + weight3[3]·(0,-1)1.0+2 + weight3[4]·(0,0)1.0+2 + weight3[5]·(0,1)1.0+2 + 3.0
    row 0: 5.0+4 = bias6.0 + weight6[0]·(0,0)4.0+4
    position 0: 7.0+4 = bias5.0 + weight5[0]·(0,-1)2.0+2 + weight5[1]·(0,0)2.0+2 + 5.0 + 6.0
    position 0: 8.0+2 = gate(7.0, 7.2)
    position 0: 9.0+2 = relu(bias10.0 + weight10[0]·(0,0)8.0+2 + 2.0)
    position 0: 10.0+2 = relu(bias13.0 + weight13[0]·(0,0)9.0+2)
    position 0: 11.0+3 = bias15.0 + weight15[0]·(0,0)10.0+2"
  `);
});
