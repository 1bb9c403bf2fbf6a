/** `--backend xla` as a user has it: trained, gone on with to the same bits, or by another engine to nearly the same numbers. */
import { cpSync, existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { decodeModelFile, type Model } from "@pixelcnn/core";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { jsonLines, runCli, runHere } from "../support/pixelcnn.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const plugin = process.env.XLA_PLUGIN;
const folder = temporaryFolder();
const tiny = [
  ...["--size", "8", "--channels", "4", "--layers", "1", "--batch-size", "3", "--limit", "7"],
  ...["--samples", "0", "--test-limit", "4", "--seed", "7", "--dropout", "0.2"],
];

function train(...words: string[]) {
  return runCli(folder, "train", ...words, "--json");
}

/** What is refused before anything is started. */
function refused(...words: string[]) {
  return runHere(folder, "train", ...words, "--json");
}

function modelOf(run: string): Model {
  return decodeModelFile(readFileSync(join(folder, run, "model.safetensors"))).model;
}

it("divides no batches where one device is all", async () => {
  const { code, stderr } = await refused(...tiny, "--steps", "1", "--backend", "wasm", "--devices", "2");
  expect({ code, stderr }).toEqual({
    code: 1,
    stderr: "--devices: expected 1 on the wasm backend, got 2; only xla has several\n",
  });
});

it("multiplies as precisely as it can where that is all there is", async () => {
  const { code, stderr } = await refused(...tiny, "--steps", "1", "--backend", "wasm", "--precision", "bf16");
  expect({ code, stderr }).toEqual({
    code: 1,
    stderr: "--precision: expected float32 on the wasm backend, got bf16; only xla has others\n",
  });
});

describe("without a plugin", () => {
  it("says what sets one up", async () => {
    const { code, stderr } = await refused(...tiny, "--steps", "1", "--backend", "xla");
    expect(code).toBe(1);
    expect(stderr).toBe(
      "expected the xla backend to work, but no PJRT plugin is set up; run: pnpm setup:xla\n",
    );
  });
});

describe.skipIf(!plugin)("with a plugin", () => {
  afterAll(() => void vi.unstubAllEnvs());
  beforeAll(async () => {
    vi.stubEnv("PIXELCNN_PJRT_PLUGIN", plugin);
    // Epochs of three steps, the last of one picture.
    const flags = ["--steps", "5", "--checkpoint-every", "2", "--keep", "9", "--backend", "xla"];
    expect(await train(...tiny, ...flags, "--run", "./whole")).toMatchObject({ code: 0, stderr: "" });
    for (const run of ["half", "crossed"]) {
      cpSync(join(folder, "whole"), join(folder, run), { recursive: true });
      // As if the power had gone after step 2.
      for (const step of [3, 4, 5])
        rmSync(join(folder, run, "checkpoints", `step-0000000${step}.safetensors`), { force: true });
    }
  });

  it("goes on to the bits of the training that ran through", async () => {
    const { code, stdout } = await train("--resume", "./half");
    expect(code).toBe(0);
    expect(jsonLines(stdout).find(({ type }) => type === "started")).toMatchObject({ backend: "xla" });
    expect(modelOf("half").weights).toEqual(modelOf("whole").weights);
  });

  it("goes on with another engine to nearly the same weights", async () => {
    expect(await train("--resume", "./crossed", "--backend", "wasm")).toMatchObject({
      code: 0,
    });
    for (const [name, values] of modelOf("whole").weights) {
      const other = modelOf("crossed").weights.get(name)!;
      for (const [index, value] of values.entries()) expect(other[index], name).toBeCloseTo(value, 3);
    }
  });

  it("measures likelihoods as the other engines do", async () => {
    const flags = [
      "--model-file",
      "./whole/model.safetensors",
      "--limit",
      "40",
      "--batch-size",
      "16",
      "--json",
    ];
    const [xla, wasm] = await Promise.all(
      ["xla", "wasm"].map(async (backend) => {
        const { stdout } = await runCli(folder, "evaluate", ...flags, "--backend", backend);
        return jsonLines(stdout).at(-1) as { images: number; nats: number };
      }),
    );
    expect(xla!.images).toBe(40);
    expect(xla!.nats / wasm!.nats).toBeCloseTo(1, 5);
  });

  it("shares batches among devices, and refuses more of them than there are", async () => {
    const flags = ["--steps", "2", "--backend", "xla", "--run", "./shared"];
    expect(await train(...tiny, ...flags, "--devices", "all")).toMatchObject({ code: 0, stderr: "" });
    const config = JSON.parse(readFileSync(join(folder, "shared", "config.json"), "utf8"));
    expect(config).toMatchObject({ devices: "all" });
    const words = [...tiny, ...flags.slice(0, 4), "--run", "./many", "--devices", "99"];
    for (const more of [[], ["--dry-run"]]) {
      const { code, stdout, stderr } = await runCli(folder, "train", ...words, ...more);
      expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
      expect(stderr).toMatch(
        /^--devices: expected 1 to \d+, as many as there are, got 99; give fewer, or all\n$/,
      );
    }
    expect(existsSync(join(folder, "many"))).toBe(false);
  });

  it("writes down how precisely it multiplies, and refuses on a processor what only GPUs do", async () => {
    const config = JSON.parse(readFileSync(join(folder, "whole", "config.json"), "utf8"));
    expect(config).toMatchObject({ precision: "float32" });
    for (const words of [
      ["--resume", "./half"],
      [...tiny, "--steps", "1", "--backend", "xla", "--run", "./none"],
    ]) {
      const more = words.length > 2 ? [] : ["--steps", "6"];
      const { code, stdout, stderr } = await runCli(
        folder,
        "train",
        ...words,
        "--precision",
        "tf32",
        ...more,
      );
      expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
      expect(stderr).toBe(
        "--precision: expected float32 or bf16 on a processor, got tf32; only GPUs multiply in it\n",
      );
    }
    expect(existsSync(join(folder, "none"))).toBe(false);
  });
});
