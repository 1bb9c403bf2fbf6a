/** Small models that are the same everywhere, of which the repository keeps `.pxc` files: decoded here and in Chromium. */
import { codePictures } from "../../src/compression/code-pictures.ts";
import { fitModel } from "../../src/compression/fit-model.ts";
import { decodePxc, encodePxc, type PxcPictures } from "../../src/compression/pxc-file.ts";
import { splitParts } from "../../src/compression/pxc-header.ts";
import { RangeDecoder } from "../../src/compression/range-decoder.ts";
import type { Network } from "../../src/network/graph.ts";
import type { Palette } from "../../src/palette.ts";
import { dimensions, levelArray } from "../../src/picture.ts";
import { buildPreset } from "../../src/presets/build-preset.ts";
import { pinnedPasses } from "./cached-passes.ts";
import { randomWeights } from "./random-model.ts";
import { randomLevels } from "./random-pictures.ts";

/** By name: a file, base64, and its levels, blanks between. */
export type KnownFiles = Readonly<Record<string, { readonly file: string; readonly levels: string }>>;

const tiny = { height: 4, width: 5, channels: 1, levels: 2 };
const mixture = { kind: "mixture", components: 3 } as const;
const palette: Palette = [
  [0, 0, 0, 0],
  [200, 30, 20, 255],
  [1, 2, 3, 128],
];

const networks: Readonly<Record<string, Network>> = {
  "two levels": buildPreset("naive", { picture: tiny, channels: 10, layers: 2 }),
  "seven levels in colour, by class": buildPreset("gated", {
    picture: { ...tiny, channels: 3, levels: 7 },
    channels: 10,
    layers: 2,
    classes: 3,
  }),
  "300 levels": buildPreset("pixelcnn", { picture: { ...tiny, levels: 300 }, channels: 10, layers: 2 }),
  "a mixture of 65,536 levels": buildPreset("gated", {
    picture: { ...tiny, levels: 65_536 },
    channels: 9,
    layers: 2,
    likelihood: mixture,
  }),
  "a mixture in colour, larger than its model": buildPreset("local", {
    picture: { ...tiny, channels: 3, levels: 256 },
    channels: 9,
    layers: 1,
    window: 3,
    likelihood: mixture,
  }),
  "attention, by class": buildPreset("snail", {
    picture: { ...tiny, levels: 5 },
    channels: 8,
    layers: 1,
    classes: 3,
  }),
  "a mixture in colour by PixelCNN++": buildPreset("pixelcnn++", {
    picture: { height: 5, width: 4, channels: 3, levels: 256 },
    channels: 9,
    layers: 1,
    likelihood: mixture,
  }),
  "diagonals of LSTM cells": buildPreset("diagonal-bilstm", {
    picture: { ...tiny, levels: 4 },
    channels: 10,
    layers: 2,
  }),
  "numbers of three colours": buildPreset("pixelcnn", {
    picture: { ...tiny, levels: 3, palette },
    channels: 10,
    layers: 2,
  }),
};

const modelOf = (name: string) => randomWeights(networks[name]!, 3);

/** Files of all models as they are written now. */
export async function writeKnownFiles(): Promise<KnownFiles> {
  const entries = Object.keys(networks).map(async (name) => {
    const model = modelOf(name);
    const { picture, classes } = model.network;
    const [height, width] = name.includes("larger") ? [7, 6] : [picture.height, picture.width];
    const count = 3;
    const alpha = randomLevels({ height, width, channels: 1, levels: 256 }, count, 2);
    const levels = randomLevels({ ...picture, height, width }, count);
    const pictures: PxcPictures = {
      height,
      width,
      levels,
      alpha: name.includes("colour") ? alpha : null,
      ...(picture.palette ? { stored: "colours", palette: picture.palette } : { stored: "levels" }),
    };
    const bytes = await encodePxc(model, pictures, classes > 0 ? { classLabel: [2, 0, 1] } : {});
    return [name, { file: btoa(String.fromCharCode(...bytes)), levels: levels.join(" ") }] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}

/** The levels of every file, by the reader and by either version of the cached pass. */
export async function decodeKnownFiles(known: KnownFiles): Promise<Record<string, Record<string, string>>> {
  const decoded: Record<string, Record<string, string>> = {};
  for (const [name, { file }] of Object.entries(known)) {
    const model = modelOf(name);
    const bytes = Uint8Array.from(atob(file), (character) => character.charCodeAt(0));
    const { levels, labels } = await decodePxc(model, bytes);
    const { header, messages } = splitParts(bytes);
    const { shape, count } = header;
    const lanes = messages.slice(-count); // few pictures: a lane each
    const size = dimensions(shape);
    decoded[name] = { reader: levels.join(" ") };
    for (const [version, open] of Object.entries(pinnedPasses)) {
      const decoders = lanes.map((message) => new RangeDecoder(message));
      const again = levelArray(shape.levels, count * size);
      const coding = { count, lanes: count, labels: labels && Int32Array.from(labels) };
      const fitted = fitModel(model, shape.height, shape.width);
      await codePictures(
        fitted,
        coding,
        (picture, element, counts) => (again[picture * size + element] = counts.code(decoders[picture]!, 0)),
        open,
      );
      decoded[name][version] = again.join(" ");
    }
  }
  return decoded;
}
