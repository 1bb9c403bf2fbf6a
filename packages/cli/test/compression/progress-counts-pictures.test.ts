import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { encodeNpy } from "@pixelcnn/core/data";
import { expect, it, vi } from "vitest";
import { runCompress } from "../../src/commands/compress.ts";
import { noise } from "../support/compression-models.ts";
import { printed } from "../support/printed.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { writeTinyModel } from "../support/tiny-model.ts";

const folder = temporaryFolder();
const at = (name: string) => join(folder, name);

it("compress never counts more pictures than there are, while it looks for their labels too", async () => {
  writeTinyModel(at("tiny.safetensors"));
  const values = Uint8Array.from(noise(3 * 64, 4));
  writeFileSync(at("three.npy"), encodeNpy({ shape: [3, 8, 8], values }));
  let nowMs = 0;
  vi.spyOn(performance, "now").mockImplementation(() => (nowMs += 200)); // a line is drawn anew every time
  const { isTTY } = process.stderr;
  process.stderr.isTTY = true;
  let told = "";
  vi.spyOn(process.stderr, "write").mockImplementation((text) => {
    told += text;
    return true;
  });
  try {
    const flags = { modelFile: at("tiny.safetensors"), out: at("three.pxc") };
    await printed(() => runCompress(at("three.npy"), flags));
  } finally {
    process.stderr.isTTY = isTTY;
    vi.restoreAllMocks();
  }
  const counts = [...told.matchAll(/(\d+) of 3 pictures/g)].map(([, count]) => Number(count));
  expect(counts.length).toBeGreaterThan(20);
  expect(Math.max(...counts)).toBe(3);
  // Once for the labels, once for the message.
  expect(counts.filter((count, i) => count < (counts[i - 1] ?? 0))).toHaveLength(1);
  const shares = [...told.matchAll(/(\d+)%/g)].map(([, share]) => Number(share));
  expect(shares).toEqual([...shares].sort((a, b) => a - b));
  expect(shares.at(-1)).toBe(100);
});
