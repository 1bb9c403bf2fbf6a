/** Model files, and forged ones made of them by changing what their header or their description says. */
import { encodeModelFile } from "@pixelcnn/core";
import { smallModel } from "../support/small-models.ts";

const picture = { height: 3, width: 4, channels: 1, levels: 2 };

export const goodFile = encodeModelFile({
  model: smallModel("gated", { picture, classes: 2, channels: 4, layers: 1 }),
  preparation: { levels: 2, binarise: "threshold" },
  provenance: {
    dataset: "glyphs",
    command: "train",
    date: "2024-01-01T00:00:00.000Z",
    steps: 1,
    trainNats: null,
    validation: null,
    test: null,
  },
});

// biome-ignore lint/suspicious/noExplicitAny: a forged header is anything.
export type Json = any;

/** The parts of a safetensors file. */
export function open(file: Uint8Array): { header: Json; text: string; data: Uint8Array } {
  const length = Number(new DataView(file.buffer, file.byteOffset).getBigUint64(0, true));
  const text = new TextDecoder().decode(file.subarray(8, 8 + length));
  return { header: JSON.parse(text), text, data: file.subarray(8 + length) };
}

/** A safetensors file with this header, whatever it says. */
export function close(header: string, data: Uint8Array, claimedLength?: bigint): Uint8Array {
  const json = new TextEncoder().encode(header);
  const file = new Uint8Array(8 + json.length + data.length);
  new DataView(file.buffer).setBigUint64(0, claimedLength ?? BigInt(json.length), true);
  file.set(json, 8);
  file.set(data, 8 + json.length);
  return file;
}

export function withHeader(change: (header: Json) => void): Uint8Array {
  const { header, data } = open(goodFile);
  change(header);
  return close(JSON.stringify(header), data);
}

/** The file with a changed description. */
export function withDescription(change: (description: Json) => void): Uint8Array {
  return withHeader((header) => {
    const description = JSON.parse(header.__metadata__.pixelcnn);
    change(description);
    header.__metadata__.pixelcnn = JSON.stringify(description);
  });
}
