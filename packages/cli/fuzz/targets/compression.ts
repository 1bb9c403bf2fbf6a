/** Compressed pictures: the bytes as they are, and with a checksum that fits, so that what stands behind it is reached. */
import { buildPreset, crc32, decodePxc, encodePxc, type Model, readPxcHeader } from "@pixelcnn/core";
import { initialise } from "@pixelcnn/core/training";
import { mutate } from "../mutate.ts";
import type { Target } from "../target.ts";

/** A file may ask for more work the longer it is; what is not soon done is as good as read. */
const MOST_VALUES = 20_000;

export async function compressionTargets(): Promise<readonly Target[]> {
  const size = { height: 4, width: 3 };
  const levels = (length: number, most: number) => Uint8Array.from({ length }, (_, i) => (i * 7) % most);
  const grey = initialise(
    buildPreset("naive", { picture: { ...size, channels: 1, levels: 4 }, channels: 2, layers: 1 }),
    1,
  );
  const colour = initialise(
    buildPreset("local", {
      picture: { ...size, channels: 3, levels: 256 },
      channels: 3,
      layers: 1,
      window: 3,
      classes: 2,
      likelihood: { kind: "mixture", components: 1 },
    }),
    1,
  );
  const models: readonly Model[] = [grey, colour];
  const files = [
    await encodePxc(grey, { ...size, levels: levels(24, 4), alpha: null, stored: "bytes" }),
    await encodePxc(
      colour,
      { height: 2, width: 5, levels: levels(60, 256), alpha: levels(20, 200), stored: "levels" },
      { classLabel: 1 },
    ),
  ];
  // The first byte says whose file follows.
  const seeds = files.map((file, i) => Uint8Array.of(i, ...file));
  const read = (bytes: Uint8Array) => {
    const file = bytes.subarray(1);
    const { count, shape } = readPxcHeader(file);
    if (count * shape.height * shape.width * shape.channels > MOST_VALUES) return null;
    return decodePxc(models[(bytes[0] ?? 0) % models.length]!, file);
  };
  return [
    { name: "pxc file", seeds, share: 3_000, read },
    {
      name: "pxc file, checksum mended",
      seeds,
      share: 8_000,
      mutate: (good, random) => mended(mutate(good, random)),
      read,
    },
  ];
}

/** Behind the first byte. */
function mended(bytes: Uint8Array): Uint8Array {
  if (bytes.length < 5) return bytes;
  const all = Uint8Array.from(bytes);
  new DataView(all.buffer).setUint32(all.length - 4, crc32(all.subarray(1, -4)), true);
  return all;
}
