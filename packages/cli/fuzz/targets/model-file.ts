/** Model files: the bytes as a whole, and the JSON inside them with lengths that fit. */
import {
  buildPreset,
  decodeModelFile,
  defineNetwork,
  encodeModelFile,
  type Network,
  NetworkBuilder,
  type PictureShape,
  pointwise,
} from "@pixelcnn/core";
import { initialise } from "@pixelcnn/core/training";
import { mutateJson } from "../mutate-json.ts";
import type { Random } from "../random.ts";
import type { Target } from "../target.ts";

function modelFile(network: Network): Uint8Array {
  const none = { trainNats: null, validation: null, test: null };
  return encodeModelFile({
    model: initialise(network, 1),
    preparation: {
      levels: network.picture.levels,
      binarise: network.picture.levels === 2 ? "threshold" : null,
    },
    provenance: { dataset: "glyphs", command: "train", date: "2024-01-01", steps: 1, ...none },
  });
}

const small = { height: 3, width: 4 };
const binary: PictureShape = { ...small, channels: 1, levels: 2 };
const colour: PictureShape = { ...small, channels: 3, levels: 4 };

/** Logits that see half of a large picture: what is changed here asks for much work. */
function farSighted(): Network {
  const net = new NetworkBuilder({ height: 1024, width: 1024, channels: 1, levels: 2 }, 0);
  const tap = (dy: number, dx: number) => ({ dy, dx, pairs: [[0, 0] as const] });
  let last = net.convolution("above", net.input(), { channels: 1, taps: [tap(-1, 0)] });
  for (let shift = 1; shift < 1024; shift *= 2) {
    const taps = [tap(0, -shift), tap(0, shift), tap(-shift, 0)];
    last = net.convolution(`look${shift}`, last, { channels: 1, taps });
  }
  return defineNetwork(net.logits(net.add("sum", last, "above"), pointwise(1)));
}

export function modelFileTargets(): readonly Target[] {
  const seeds = [
    modelFile(buildPreset("naive", { picture: binary, channels: 2, layers: 1 })),
    modelFile(buildPreset("gated", { picture: binary, classes: 2, channels: 4, layers: 1 })),
    modelFile(buildPreset("pixelcnn", { picture: colour, channels: 6, layers: 1 })),
    modelFile(farSighted()),
  ];
  const data = seeds.map((file) => file.subarray(8 + headerLength(file)));
  const read = (bytes: Uint8Array) => decodeModelFile(bytes).model.weights.size;
  return [
    { name: "model file", seeds, share: 8_000, read },
    {
      name: "header of a model file",
      seeds: seeds.map((file, i) => Uint8Array.of(i, ...file.subarray(8, 8 + headerLength(file)))),
      share: 8_000,
      mutate: mutateBehindFirst,
      // The first byte says whose weights follow.
      read: (bytes) => read(withHeader(bytes.subarray(1), data[(bytes[0] ?? 0) % data.length]!)),
    },
    {
      name: "description in a model file",
      seeds: seeds.map((file, i) => Uint8Array.of(i, ...new TextEncoder().encode(descriptionOf(file)))),
      share: 8_000,
      mutate: mutateBehindFirst,
      read: (bytes) => {
        const index = (bytes[0] ?? 0) % seeds.length;
        const header = JSON.parse(headerOf(seeds[index]!));
        header.__metadata__.pixelcnn = new TextDecoder().decode(bytes.subarray(1));
        return read(withHeader(new TextEncoder().encode(JSON.stringify(header)), data[index]!));
      },
    },
  ];
}

function mutateBehindFirst(good: Uint8Array, random: Random): Uint8Array {
  const text = new TextDecoder().decode(good.subarray(1)).trimEnd();
  return Uint8Array.of(good[0]!, ...new TextEncoder().encode(mutateJson(text, random)));
}

function headerLength(file: Uint8Array): number {
  return Number(new DataView(file.buffer, file.byteOffset).getBigUint64(0, true));
}

function headerOf(file: Uint8Array): string {
  return new TextDecoder().decode(file.subarray(8, 8 + headerLength(file)));
}

function descriptionOf(file: Uint8Array): string {
  return JSON.parse(headerOf(file)).__metadata__.pixelcnn;
}

function withHeader(header: Uint8Array, data: Uint8Array): Uint8Array {
  const file = new Uint8Array(8 + header.length + data.length);
  new DataView(file.buffer).setBigUint64(0, BigInt(header.length), true);
  file.set(header, 8);
  file.set(data, 8 + header.length);
  return file;
}
