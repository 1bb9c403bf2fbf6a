import { join } from "node:path";
import { hasSoftwareDriver, softwareDriver } from "@pixelcnn/software-gpu";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { runCli, runHere } from "../support/pixelcnn.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { writeTinyModel } from "../support/tiny-model.ts";

const folder = temporaryFolder();
writeTinyModel(join(folder, "model.safetensors"));
/** A GPU in software takes its time. */
const LONG_MS = 180_000;

async function sheet(...words: readonly string[]): Promise<Buffer> {
  // What looks for a GPU is a process of its own.
  const run = words.includes("incremental") ? runHere : runCli;
  // Where a drawing has more than ten seconds to go, as on a busy machine, its progress is told.
  const { code, stderr, bytes } = await run(folder, "generate", "--out", "-", "--quiet", ...words);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return bytes;
}

describe.runIf(hasSoftwareDriver)("where the only GPU is software", () => {
  beforeAll(async () => {
    for (const [name, value] of Object.entries(await softwareDriver())) vi.stubEnv(name, value);
  });
  afterAll(() => void vi.unstubAllEnvs());

  it.each([
    ["./model.safetensors", 5],
    ["glyphs", 2],
    ["mnist-binary", 1],
  ])(
    "%s: the same bytes with --sampler shader as with --sampler incremental",
    async (model, count) => {
      const words = ["--model-file", model, "--count", String(count), "--seed", "5", "--batch-size", "3"];
      const shader = await sheet(...words, "--sampler", "shader");
      expect(shader.equals(await sheet(...words, "--sampler", "incremental"))).toBe(true);
      expect(shader.equals(await sheet(...words, "--sampler", "incremental", "--seed", "6"))).toBe(false);
    },
    LONG_MS,
  );

  it("unless it is asked for, it is refused by name and passed over by auto", async () => {
    vi.stubEnv("PIXELCNN_SOFTWARE_GPU", "");
    const words = ["--model-file", "./model.safetensors", "--count", "1"];
    const { code, stdout, stderr } = await runCli(folder, "generate", ...words, "--sampler", "shader");
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toMatch(/^--sampler shader: expected .*only a software GPU.*PIXELCNN_SOFTWARE_GPU=1.*\n$/);
    expect((await sheet(...words)).equals(await sheet(...words, "--sampler", "incremental"))).toBe(true);
  });
});
