/** Real pictures by a shipped model: hardly more bytes than evaluate says of the same ones. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startBackend } from "@pixelcnn/backends";
import { expect, it } from "vitest";
import { measureBytes } from "../compression/measure-bytes.ts";
import { mostBytes } from "../compression/shortfalls.ts";

const dataFolder =
  process.env.PIXELCNN_DATA ?? fileURLToPath(new URL("../../../shared/datasets", import.meta.url));
const absent = !existsSync(join(dataFolder, "mnist"));
const note = absent ? " (skipped: no folder mnist in PIXELCNN_DATA or ../shared/datasets)" : "";

it.skipIf(absent)(
  `64 test pictures of MNIST take at most 1.005 of their bits, 32 bytes and 8 a lane${note}`,
  async () => {
    await startBackend("wasm");
    const measured = await measureBytes("mnist-256", 64, dataFolder);
    const { bytes, evaluatedBits, levels } = measured;
    expect(levels).toHaveLength(64 * 784);
    expect(bytes).toBeLessThanOrEqual(mostBytes(measured));
    expect(8 * bytes).toBeGreaterThan(0.995 * evaluatedBits);
  },
  120_000,
);
