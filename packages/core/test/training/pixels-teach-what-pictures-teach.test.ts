import { beforeAll, describe, expect, it } from "vitest";
import { type Batch, glyphsDataset, preparationFor, readBatch } from "../../src/data/index.ts";
import { PreparedPictures } from "../../src/data/prepared-pictures.ts";
import {
  defineNetwork,
  gated,
  local,
  NetworkBuilder,
  NetworkError,
  naive,
  pixelcnn,
  pixelcnnPlusPlus,
} from "../../src/index.ts";
import type { Network } from "../../src/network/graph.ts";
import { centrePairs, pointwise, rowsAbove } from "../../src/network/taps.ts";
import { windowOf } from "../../src/network/window.ts";
import { train } from "../../src/training/index.ts";
import type { PixelPlaces } from "../../src/training/pixel-places.ts";
import { readWindows } from "../../src/training/window-batch.ts";
import { useBackend } from "../support/backends.ts";
import { randomWeights } from "../support/random-model.ts";
import { gradientOf } from "./support/gradient-of.ts";
import { eventsOf, only, smallDataset, trainOptions } from "./support/small-training.ts";

beforeAll(() => useBackend("wasm"));

/** Every pixel of these pictures. */
function allPlaces({ picture: { height, width } }: Network, chosen: readonly number[]): PixelPlaces {
  const pixels = Array.from({ length: height * width }, (_, pixel) => pixel);
  return {
    pictures: Uint32Array.from(chosen.flatMap((picture) => pixels.map(() => picture))),
    rowsAndColumns: Int32Array.from(
      chosen.flatMap(() => pixels.flatMap((pixel) => [Math.floor(pixel / width), pixel % width])),
    ),
    counts: new Float32Array(chosen.length * pixels.length).fill(1),
  };
}

/** A network whose neighbours are read through something that every pixel makes of itself alone. */
function throughRelu(): Network {
  const net = new NetworkBuilder({ height: 5, width: 4, channels: 1, levels: 3 }, 0);
  const own = net.relu("own.relu", net.convolution("own", net.input(), { channels: 4, taps: pointwise(1) }));
  // Dilated, and a bias in `own`: beyond the border stands 0, not what `own` makes of 0.
  const seen = net.convolution("seen", own, { channels: 5, taps: rowsAbove(3, 1), dilation: 2 });
  return defineNetwork(net.logits(net.elu("elu", seen), pointwise(1)));
}

/** A network that reads a table beyond the border, where levels are 0 but no level's row is meant, and at the pixel itself. */
function throughTable(): Network {
  const net = new NetworkBuilder({ height: 4, width: 5, channels: 3, levels: 4 }, 0);
  const names = net.embedding("names", net.input(), 2);
  const own = net.convolution("own", names, { channels: 6, taps: pointwise(3) });
  const seen = net.convolution("seen", own, { channels: 6, taps: rowsAbove(3, 3) });
  const here = net.convolution("here", net.elu("elu", names), {
    channels: 6,
    taps: [{ dy: 0, dx: 0, pairs: centrePairs(3, "A") }],
  });
  return defineNetwork(net.logits(net.add("sum", seen, here), pointwise(3)));
}

const cases: [string, Network][] = [
  ["binary", local({ picture: { height: 5, width: 6, channels: 1, levels: 2 }, channels: 7, window: 5 })],
  ["colour", local({ picture: { height: 4, width: 5, channels: 3, levels: 5 }, channels: 7, window: 3 })],
  [
    "classes, window wider than the picture",
    local({ picture: { height: 3, width: 3, channels: 1, levels: 4 }, classes: 2, channels: 6, window: 9 }),
  ],
  ["through a relu, dilated", throughRelu()],
  [
    "by a table of the levels",
    local({ picture: { height: 4, width: 5, channels: 3, levels: 5 }, channels: 7, window: 5, embedding: 3 }),
  ],
  ["by a table of the levels through a 1×1, and beside its own pixel", throughTable()],
  [
    "told where the picture ends",
    local({
      picture: { height: 4, width: 5, channels: 3, levels: 5 },
      channels: 7,
      window: 5,
      planes: ["inside"],
    }),
  ],
  [
    "told its place, in classes",
    local({
      picture: { height: 4, width: 3, channels: 1, levels: 4 },
      classes: 2,
      channels: 6,
      planes: ["column", "inside", "row"],
    }),
  ],
];

describe.each(cases)("%s", (_, network) => {
  it("all pixels of two pictures have the gradient of the two pictures", async () => {
    const { picture, classes } = network;
    const dataset = smallDataset({ picture, classes });
    const preparation = preparationFor(dataset, picture.levels);
    const noise = { seed: 0, time: 1 };
    const whole = await gradientOf(network, readBatch(dataset, dataset.train, [1, 4], preparation, noise));
    const prepared = new PreparedPictures(dataset, dataset.train, preparation, noise);
    const windows = readWindows(prepared, allPlaces(network, [1, 4]), windowOf(network));
    const pixels = await gradientOf(network, windows);
    expect(Math.abs(pixels.nats / whole.nats - 1)).toBeLessThan(1e-6);
    const difference = Math.hypot(...pixels.gradient.map((value, i) => value - whole.gradient[i]!));
    expect(difference / Math.hypot(...whole.gradient)).toBeLessThan(2e-6);
    expect(Math.hypot(...whole.gradient)).toBeGreaterThan(1e-3);
  });
});

it.each([
  [256, Uint8Array],
  [1000, Uint16Array],
])("windows of %d levels are the same in the arrays of a batch that is spent", (levels, kind) => {
  const picture = { height: 5, width: 4, channels: 3, levels };
  const dataset = smallDataset({ picture, classes: 3 });
  const network = local({ picture, window: 5, channels: 6, likelihood: { kind: "mixture", components: 2 } });
  const prepared = new PreparedPictures(dataset, dataset.train, preparationFor(dataset, levels), {
    seed: 0,
    time: 1,
  });
  const read = (pictures: readonly number[], spent?: Batch) =>
    readWindows(prepared, allPlaces(network, pictures), windowOf(network), spent);
  const fresh = read([3, 5]);
  const spent = read([2, 0]);
  const again = read([3, 5], spent);
  expect(again).toEqual(fresh);
  expect(again.levels).toBeInstanceOf(kind);
  expect(again.levels).toBe(spent.levels);
  expect(again.inside).toBe(spent.inside);
  const fewer = read([3], spent);
  expect(fewer).toEqual(read([3]));
  expect(fewer.levels).not.toBe(spent.levels);
});

it("windows are as wide as the taps of a network reach", () => {
  const picture = { height: 9, width: 9, channels: 1, levels: 2 };
  expect(windowOf(local({ picture, window: 7 }))).toEqual({ above: 3, left: 3, right: 3 });
  expect(windowOf(throughRelu())).toEqual({ above: 2, left: 2, right: 2 });
});

describe.each([
  ["gated", gated, "block1.vertical"],
  ["pixelcnn", pixelcnn, "block1.look"],
  ["naive", naive, "layer2.convolution"],
  ["pixelcnn++", pixelcnnPlusPlus, "out1.vertical.first"],
] as const)("%s", (_, build, node) => {
  it("is refused on pixels before anything starts", async () => {
    const picture = { height: 4, width: 4, channels: 1, levels: 2 };
    const network = build({ picture, channels: 6, layers: 2 });
    const options = { length: { steps: 1 }, trainOn: "pixels" } as const;
    const events = train(randomWeights(network, 1), smallDataset({ picture }), options);
    await expect(events.next()).rejects.toThrow(NetworkError);
    await expect(train(randomWeights(network, 1), smallDataset({ picture }), options).next()).rejects.toThrow(
      `"${node}"`,
    );
  });
});

describe("a training on pixels", () => {
  const picture = { height: 4, width: 4, channels: 1, levels: 2 };
  const dataset = { ...smallDataset({ picture: { ...picture, levels: 256 }, classes: 2 }), levels: 256 };
  const network = local({ picture, classes: 2, channels: 6, dropout: 0.3 });
  const changes = {
    trainOn: "pixels",
    batchSize: 60,
    preparation: { levels: 2, binarise: "dynamic" },
  } as const;

  it("has as many pixels per epoch as the set, and goes on from any step to the same bits", async () => {
    const options = trainOptions(picture, { steps: 5 }, { ...changes, checkpointEvery: 1 });
    const whole = await eventsOf(network, dataset, options);
    // 10 pictures of 16 pixels, 60 a step: the third one is short, and ends the epoch.
    expect(only(whole, "step").map(({ epoch }) => epoch)).toEqual([1, 1, 1, 2, 2]);
    const checkpoints = only(whole, "checkpoint");
    expect(checkpoints.map(({ state }) => state.position)).toEqual([60, 120, 160, 160, 60, 120, 120]);
    const end = checkpoints.at(-1)!.state;
    for (const { state } of checkpoints.slice(0, -2)) {
      const resumed = only(await eventsOf(network, dataset, { ...options, resume: state }), "checkpoint");
      expect(resumed.at(-1)!.state).toEqual({ ...end, elapsedMs: expect.any(Number) });
    }
  });
});

it("a local model learns glyphs from pixels", async () => {
  const dataset = glyphsDataset({ height: 12, width: 12, channels: 1, trainLength: 400 });
  const picture = { height: 12, width: 12, channels: 1, levels: 2 };
  const options = trainOptions(
    picture,
    { steps: 150 },
    {
      trainOn: "pixels",
      preparation: { levels: 2, binarise: "threshold" },
      batchSize: 256,
      learningRate: 0.01,
      testLimit: 100,
      finalTestLimit: 100,
      validationLimit: 1,
    },
  );
  const evaluations = only(await eventsOf(local({ picture, channels: 32 }), dataset, options), "evaluation");
  expect(evaluations.map(({ epoch }) => epoch)).toEqual([1]);
  // As it starts it needs 100 nats, one bit a value but for what is learned in a single step.
  expect(evaluations[0]!.test.nats).toBeLessThan(50);
});
