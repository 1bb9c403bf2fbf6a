/**
 * What docs/pinned-arithmetic.json keeps: SHA-256 of the order of additions of every preset, of the functions' bits, and of all bits that
 * the two pinned versions compute, and pictures that they draw, for small models. Needs neither Node nor TensorFlow.js, so that a browser can say it too.
 */
import { elu, gate, glu } from "../../src/arithmetic/activations.ts";
import { exponential } from "../../src/arithmetic/exponential.ts";
import { exp, expm1, log, log1p, tanh } from "../../src/arithmetic/float64.ts";
import { compress } from "../../src/compression/compress.ts";
import type { Network } from "../../src/network/graph.ts";
import { buildPreset } from "../../src/presets/build-preset.ts";
import { simdSampler } from "../../src/samplers/incremental/sampler.ts";
import { scalarSampler } from "../../src/samplers/incremental/scalar-sampler.ts";
import { bitsOf, pinnedPasses } from "./cached-passes.ts";
import { drawPictures } from "./draw-pictures.ts";
import { handBuilt } from "./hand-built.ts";
import { orderOfAdditions } from "./order-of-additions.ts";
import { randomWeights } from "./random-model.ts";
import { randomPictures } from "./random-pictures.ts";

/** By what was computed; values are the first 16 hexadecimal digits. */
export type PinnedNumbers = Record<string, string>;

export async function pinnedNumbers(): Promise<PinnedNumbers> {
  const numbers: PinnedNumbers = {
    "exponential of 25,000 numbers": await hash(functionBits(exponential, 87)),
    "elu of 25,000 numbers": await hash(functionBits(elu, 40)),
    "elu of -x, of 25,000 numbers": await hash(functionBits((x) => elu(-x), 40)),
    "gate of 25,000 pairs": await hash(functionBits((x) => gate(x, Math.fround(7 - x)), 40)),
    "glu of 25,000 pairs": await hash(functionBits((x) => glu(x, Math.fround(7 - x)), 40)),
  };
  const positive = { log: (x: number) => log(Math.abs(x)), log1p: (x: number) => log1p(Math.abs(x)) };
  for (const [name, compute] of Object.entries({ exp, expm1, tanh, ...positive })) {
    const values = Float64Array.from({ length: 25_000 }, (_, i) => compute((i - 10_000) / 37));
    numbers[`float64 ${name} of 25,000 numbers`] = await hash(values);
  }
  for (const [name, network] of networks()) {
    numbers[`network of ${name}`] = await hash(new TextEncoder().encode(JSON.stringify(network)));
    numbers[`order of additions of ${name}`] = await hash(
      new TextEncoder().encode(orderOfAdditions(network)),
    );
    const model = randomWeights(network, 3);
    const count = 5; // a block and a single picture
    const labels = network.classes === 0 ? null : Int32Array.of(0, 1, 2, 1, 0);
    const levels = randomPictures(network.picture, count);
    const classLabel = labels && { classLabel: [...labels] };
    const messages = await compress(model, levels, { ...classLabel });
    numbers[`compressed pictures of ${name}`] = await hash(
      Uint8Array.from(messages.flatMap((message) => [message.length, ...message])),
    );
    for (const [version, open] of Object.entries(pinnedPasses)) {
      const pass = await open(model, count, labels);
      const { activations, logits, weights } = bitsOf(model, pass, levels, [1, 0.6]);
      numbers[`${version}: activations of ${name}`] = await hash(activations);
      numbers[`${version}: logits of ${name}`] = await hash(logits);
      numbers[`${version}: weights of levels of ${name}`] = await hash(weights);
      const options = { count, seed: 11, temperature: 0.6, ...classLabel };
      const sampler = pinnedSamplers[version as keyof typeof pinnedPasses];
      const drawn = await drawPictures(model, { ...options, sampler, logProbabilities: false });
      numbers[`${version}: pictures of ${name}`] = await hash(drawn.levels);
    }
  }
  return numbers;
}

const pinnedSamplers = { scalar: scalarSampler, simd: simdSampler("simd") };

/** Presets whose networks do not change any more. */
const settled = ["naive", "pixelcnn", "gated", "pixelcnn++", "local"] as const;

function* networks(): Generator<readonly [string, Network]> {
  const grey = { height: 4, width: 5, channels: 1, levels: 2 };
  const colour = { height: 3, width: 6, channels: 3, levels: 7 };
  for (const preset of settled) {
    for (const [shape, picture] of Object.entries({ grey, colour })) {
      yield [`${preset}, ${shape}`, buildPreset(preset, { picture, channels: 10, layers: 3, classes: 3 })];
    }
  }
  const picture = { ...grey, levels: 256 };
  const likelihood = { kind: "mixture", components: 3 } as const;
  for (const preset of ["gated", "pixelcnn++", "local"] as const) {
    for (const [shape, picture] of Object.entries({ grey: { ...grey, levels: 256 }, colour })) {
      yield [
        `${preset} with a mixture, ${shape}`,
        buildPreset(preset, { picture, channels: 9, layers: 2, likelihood }),
      ];
    }
  }
  for (const [shape, picture] of Object.entries({ grey, colour })) {
    for (const [name, network] of handBuilt(picture)) {
      if (network.nodes.some(({ op }) => op === "attention" || op === "lstm"))
        yield [`${name}, ${shape}`, network];
    }
  }
  yield ["gated with hinges", buildPreset("gated", { picture, channels: 9, layers: 2, hinges: true })];
}

/** Evenly from -limit to limit. */
function functionBits(compute: (x: number) => number, limit: number): Uint32Array {
  const half = 12_500;
  const values = Float32Array.from({ length: 2 * half }, (_, i) =>
    compute(Math.fround((limit * (i - half)) / half)),
  );
  return new Uint32Array(values.buffer);
}

async function hash(data: Uint32Array | Uint8Array | Float64Array): Promise<string> {
  const bytes = new Uint8Array(data.buffer as ArrayBuffer, data.byteOffset, data.byteLength);
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest.subarray(0, 8), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
