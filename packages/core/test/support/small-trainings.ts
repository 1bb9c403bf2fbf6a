/** Small trainings of every kind: presets, levels, channels, classes, dropout. */
import { type AllPresetOptions, buildPreset, type Network, type PresetName, uniform } from "@pixelcnn/core";
import type { Batch } from "@pixelcnn/core/data";
import { batchShape, type EngineOptions } from "@pixelcnn/core/training";

export const adam: EngineOptions = { beta1: 0.9, beta2: 0.99, epsilon: 1e-8, clipNorm: 1, averageDecay: 0.9 };

interface Case {
  readonly name: PresetName;
  readonly options: AllPresetOptions;
}

const grey = { height: 6, width: 5, channels: 1 };
const colour = { height: 5, width: 6, channels: 3 };

export const cases: readonly Case[] = [
  { name: "naive", options: { picture: { ...grey, levels: 2 }, layers: 2, channels: 7 } },
  {
    name: "naive",
    options: { picture: { ...colour, levels: 5 }, layers: 2, channels: 8, classes: 3, dropout: 0.3 },
  },
  { name: "pixelcnn", options: { picture: { ...grey, levels: 7 }, layers: 2, channels: 8, classes: 2 } },
  { name: "pixelcnn", options: { picture: { ...colour, levels: 2 }, layers: 2, channels: 7, dropout: 0.5 } },
  { name: "gated", options: { picture: { ...grey, levels: 2 }, layers: 3, channels: 8 } },
  {
    name: "gated",
    options: { picture: { ...grey, levels: 16 }, layers: 2, channels: 6, classes: 4, dropout: 0.2 },
  },
  {
    name: "gated",
    options: {
      picture: { ...colour, levels: 8 },
      layers: 2,
      channels: 7,
      classes: 3,
      dilations: [2, 1],
      hinges: true,
    },
  },
  {
    name: "pixelcnn++",
    options: {
      picture: { ...colour, levels: 256 },
      layers: 2,
      channels: 6,
      classes: 2,
      dropout: 0.5,
      likelihood: { kind: "mixture", components: 2 },
    },
  },
  {
    name: "pixelcnn++",
    options: {
      picture: { ...colour, levels: 4 },
      layers: 1,
      channels: 7,
      planes: ["inside", "row", "column"],
    },
  },
  { name: "local", options: { picture: { ...colour, levels: 5 }, channels: 8, classes: 2, dropout: 0.2 } },
  {
    name: "local",
    options: { picture: { ...grey, levels: 3 }, channels: 8, planes: ["row", "inside", "column"] },
  },
  {
    name: "row-lstm",
    options: { picture: { ...colour, levels: 4 }, layers: 2, channels: 7, classes: 3, dropout: 0.2 },
  },
  {
    name: "diagonal-bilstm",
    options: { picture: { ...colour, levels: 5 }, layers: 1, channels: 9, classes: 2 },
  },
  ...(["naive", "pixelcnn", "gated", "pixelcnn++", "local", "snail"] as const).map((name, i) => ({
    name,
    options: {
      picture: { ...(i % 2 === 0 ? colour : grey), levels: 12 },
      layers: 1,
      channels: 6,
      embedding: 3 + i,
    },
  })),
  { name: "snail", options: { picture: { ...grey, levels: 2 }, layers: 2, channels: 8 } },
  {
    name: "snail",
    options: {
      picture: { ...colour, levels: 5 },
      layers: 1,
      channels: 9,
      heads: 1,
      classes: 2,
      dropout: 0.3,
    },
  },
  { name: "row-lstm", options: { picture: { ...grey, levels: 2 }, layers: 2, channels: 8 } },
  {
    name: "row-lstm",
    options: { picture: { ...colour, levels: 4 }, layers: 1, channels: 10, classes: 3, dropout: 0.2 },
  },
  { name: "diagonal-bilstm", options: { picture: { ...grey, levels: 2 }, layers: 2, channels: 8 } },
  {
    name: "diagonal-bilstm",
    options: { picture: { ...colour, levels: 4 }, layers: 1, channels: 14, classes: 3, dropout: 0.2 },
  },
  {
    name: "gated",
    options: {
      picture: { ...colour, levels: 256 },
      layers: 2,
      channels: 7,
      likelihood: { kind: "mixture", components: 3 },
    },
  },
  {
    name: "pixelcnn",
    options: {
      picture: { ...grey, levels: 5 },
      layers: 2,
      channels: 8,
      likelihood: { kind: "mixture", components: 1 },
    },
  },
];

export function networkOf({ name, options }: Case): Network {
  return buildPreset(name, options);
}

/** `count` pictures of addressed noise and a label for each. */
export function noiseBatch({ picture, classes }: Network, count: number, seed: number): Batch {
  const size = picture.height * picture.width * picture.channels;
  const levels = Uint8Array.from({ length: count * size }, (_, element) =>
    Math.floor(uniform(seed, 0, element, 0, 0, 0) * picture.levels),
  );
  return { levels, labels: Int32Array.from({ length: count }, (_, index) => index % Math.max(1, classes)) };
}

/** `count` windows of the network, some of them over the border, each counted otherwise. */
export function noiseWindows(network: Network, count: number, seed: number): Batch {
  const { picture } = network;
  const [, height, width] = batchShape(network, count, "pixels");
  const batch = noiseBatch(
    { ...network, picture: { ...picture, height: height!, width: width! } },
    count,
    seed,
  );
  const inside = Uint8Array.from({ length: count * height! * width! }, (_, element) =>
    uniform(seed, 1, element, 0, 0, 0) < 0.8 ? 1 : 0,
  );
  const places = Int32Array.from({ length: 2 * count }, (_, element) => {
    const rows = element % 2 === 0 ? picture.height : picture.width;
    return Math.floor(uniform(seed, 2, element, 0, 0, 0) * rows);
  });
  const counts = Float32Array.from({ length: count }, (_, element) => 2 * uniform(seed, 3, element, 0, 0, 0));
  return { ...batch, inside, places, counts };
}
