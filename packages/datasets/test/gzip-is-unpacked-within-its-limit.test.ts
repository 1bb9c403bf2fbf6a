import { gzipSync } from "node:zlib";
import { DatasetsError } from "@pixelcnn/datasets";
import { anyFile, gunzip } from "@pixelcnn/datasets/files";
import { describe, expect, it } from "vitest";
import { content } from "./support/set-from.ts";

const MEBIBYTE = 2 ** 20;
/** Hardly packs at all. */
const plain = content.subarray(0, 5000);
const packed = gzipSync(plain);

/** The file with another length at its end. */
function claiming(file: Uint8Array, bytes: number): Buffer {
  const changed = Buffer.from(file);
  changed.writeUInt32LE(bytes, file.length - 4);
  return changed;
}

async function expectRefusal(promise: Promise<unknown>, message: RegExp): Promise<void> {
  await expect(promise).rejects.toThrow(DatasetsError);
  await expect(promise).rejects.toThrow(message);
}

describe("a gzip file", () => {
  it("is unpacked to exactly what was packed", async () => {
    expect(plain.equals(await gunzip(packed, "file.gz", 5000))).toBe(true);
    expect(await gunzip(gzipSync(Buffer.alloc(0)), "file.gz", 0)).toHaveLength(0);
  });

  it.each<[string, Uint8Array, RegExp]>([
    ["that is none", plain, /expected a gzip file, got 5000 other bytes/],
    ["of no bytes", new Uint8Array(0), /expected a gzip file, got 0/],
    ["cut in the middle", packed.subarray(0, packed.length - 300), /cannot hold|at most|sound gzip/],
    ["without its last byte", packed.subarray(0, -1), /at most 5000 bytes|cannot hold|sound gzip/],
    ["with a flipped bit", Buffer.from(packed).fill(packed[600]! ^ 4, 600, 601), /sound gzip/],
    [
      "with a wrong checksum",
      Buffer.from(packed).fill(0, packed.length - 8, packed.length - 4),
      /sound gzip/,
    ],
    ["that promises more than it holds", claiming(packed, 5001), /at most 5000/],
    ["that promises less than it holds", claiming(packed, 4999), /sound gzip/],
    ["and another behind it", Buffer.concat([packed, packed]), /sound gzip/],
  ])("%s is refused", async (_, file, message) => {
    await expectRefusal(gunzip(file, "file.gz", 5000), message);
  });
});

describe("a bomb", () => {
  const bomb = gzipSync(Buffer.alloc(64 * MEBIBYTE));

  it.each<[string, Uint8Array, number | typeof anyFile, RegExp]>([
    [
      "is refused by the length of a known file",
      bomb,
      47 * MEBIBYTE,
      /at most 49283072 bytes unpacked, got 67108864/,
    ],
    ["is refused by its ratio where no length is known", bomb, anyFile, /at most \d+ bytes unpacked/],
    ["that lies about its length is stopped there", claiming(bomb, 1000), anyFile, /sound gzip/],
    [
      "that promises what it cannot hold allocates nothing",
      claiming(packed, 15 * MEBIBYTE),
      anyFile,
      /cannot hold/,
    ],
  ])("%s", async (_, file, limit, message) => {
    const before = process.memoryUsage().rss;
    await expectRefusal(gunzip(file, "file.gz", limit), message);
    expect(process.memoryUsage().rss - before).toBeLessThan(32 * MEBIBYTE);
  });

  it("of 16 MiB is none: sorted labels are as empty", async () => {
    const labels = gzipSync(Buffer.alloc(16 * MEBIBYTE));
    expect(await gunzip(labels, "file.gz", anyFile)).toHaveLength(16 * MEBIBYTE);
  });
});
