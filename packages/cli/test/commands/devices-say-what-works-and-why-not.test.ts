import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type BackendName, startableBackends } from "@pixelcnn/backends";
import { hasSoftwareDriver, softwareDriver } from "@pixelcnn/software-gpu";
import { afterAll, beforeAll, describe, expect, inject, it, vi } from "vitest";
import { jsonLines, runCli, runHere } from "../support/pixelcnn.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const folder = temporaryFolder();
/** A GPU in software takes its time. */
const LONG_MS = 180_000;

let runs = 0;

afterAll(() => void vi.unstubAllEnvs());

/** Trains a step. @returns the backend that the run was written down with. */
async function trainedOn(backend: BackendName): Promise<unknown> {
  runs += 1;
  const run = join(folder, `run${runs}`);
  // Of few operations: a GPU compiles each of them.
  const network = "--model pixelcnn --classes 0 --size 8 --channels 4 --layers 1";
  const length = "--batch-size 2 --steps 1 --limit 4 --test-limit 2 --samples 0";
  const words = ["--backend", backend, "--run", run, ...`${network} ${length} --quiet`.split(" ")];
  const { code, stderr } = await runCli(folder, "train", ...words);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return JSON.parse(readFileSync(join(run, "config.json"), "utf8")).backend;
}

describe.runIf(hasSoftwareDriver)("where the only GPU is software", () => {
  beforeAll(async () => {
    for (const [name, value] of Object.entries(await softwareDriver())) vi.stubEnv(name, value);
  });

  it(
    "every backend works at a measured speed, or says why not and what to do",
    async () => {
      const { code, stdout, stderr } = await runCli(folder, "devices", "--json", "--pictures", "1");
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
      const [rows] = jsonLines(stdout) as unknown as [Record<string, unknown>[]];
      expect(rows.map(({ backend }) => backend)).toEqual(startableBackends);
      const speed = {
        ...{ device: expect.stringMatching(/./), version: expect.stringMatching(/\d/), trains: true },
        ...{ productGflops: expect.any(Number), forwardGflops: expect.any(Number) },
      };
      for (const row of rows) {
        if (row.works) expect(row).toMatchObject({ ...speed, backwardGflops: expect.any(Number) });
        else
          expect(row).toMatchObject({ reason: expect.stringMatching(/./), fix: expect.stringMatching(/./) });
      }
      const works = rows.filter((row) => row.works).map(({ backend }) => backend);
      expect(works).toEqual(expect.arrayContaining(["webgpu", "wasm", "cpu"]));
      expect(rows.filter(({ auto }) => auto).map(({ backend }) => backend)).toEqual([works[0]]);
    },
    LONG_MS,
  );

  it("a training on webgpu is written down as one, and its process ends", async () => {
    expect(await trainedOn("webgpu")).toBe("webgpu");
  });

  it("auto takes it when it is asked for, and wasm otherwise", async () => {
    expect(await trainedOn("auto")).toBe("webgpu");
    vi.stubEnv("PIXELCNN_SOFTWARE_GPU", "");
    expect(await trainedOn("auto")).toBe("wasm");
  });

  it("it is refused unless it is asked for", async () => {
    vi.stubEnv("PIXELCNN_SOFTWARE_GPU", "");
    const { code, stdout, stderr } = await runCli(folder, "train", "--backend", "webgpu");
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toMatch(
      /^expected the webgpu backend .*only GPU is software.*PIXELCNN_SOFTWARE_GPU=1.*\n$/,
    );
  });
});

describe.runIf(hasSoftwareDriver)("where Vulkan has a loader and no driver", () => {
  beforeAll(async () => {
    const { LD_LIBRARY_PATH } = await softwareDriver();
    vi.stubEnv("LD_LIBRARY_PATH", LD_LIBRARY_PATH);
    for (const name of ["VK_DRIVER_FILES", "VK_ICD_FILENAMES", "PIXELCNN_SOFTWARE_GPU"])
      vi.stubEnv(name, undefined);
  });

  it("a command that looks for a GPU says nothing of it", async () => {
    const words = ["generate", "--model-file", "glyphs", "--count", "1", "--ascii"];
    expect(await runCli(folder, ...words)).toMatchObject({ code: 0, stderr: "" });
  });

  it("one that needs a GPU ends in one line", async () => {
    const { code, stdout, stderr } = await runCli(folder, "generate", "--sampler", "shader", "--ascii");
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toMatch(/^expected the webgpu backend to work, but [^\n]*; [^\n]*driver[^\n]*\n$/);
  });
});

describe("where TensorFlow is not set up", () => {
  beforeAll(() => void vi.stubEnv("XDG_CACHE_HOME", folder));

  it.each(["cuda", "native"])("--backend %s names the command that fetches them", async (backend) => {
    const { code, stdout, stderr } = await runHere(folder, "evaluate", "--backend", backend);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toMatch(new RegExp(`^expected the ${backend} backend .*; run: pnpm setup:${backend}\n$`));
  });

  it("setup-backend native without a network ends in one line, and leaves nothing", async () => {
    for (const name of ["PIP_INDEX_URL", "PIP_EXTRA_INDEX_URL"]) vi.stubEnv(name, "http://127.0.0.1:9/");
    vi.stubEnv("PIP_RETRIES", "0");
    const { code, stdout, stderr } = await runCli(folder, "setup-backend", "native");
    expect({ code, stdout: stdout.split("\n").length }).toEqual({ code: 1, stdout: 2 });
    expect(stderr).toMatch(/^expected python3 to fetch tensorflow-cpu 2\.21\.0, got: .+\n$/);
    expect(readdirSync(join(folder, "pixelcnn/backends"))).toEqual([]);
  });
});

it("devices answers before it has tried any backend", async () => {
  const child = spawn(process.execPath, [inject("app"), "devices"]);
  const [first] = await once(child.stdout.setEncoding("utf8"), "data");
  child.kill();
  expect(first).toMatch(/^Trying each backend/);
});

it("a backend that does not exist is bad usage of setup-backend", async () => {
  const { code, stderr } = await runHere(folder, "setup-backend", "wasm");
  expect(code).toBe(2);
  expect(stderr).toMatch(/Allowed choices are xla, cuda, native/);
});
