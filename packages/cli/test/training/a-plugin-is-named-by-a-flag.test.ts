/** `--pjrt-plugin`: XLA by a plugin of the user's own, and what is refused as one. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { withoutHome } from "../../src/home.ts";
import { jsonLines, runCli, runHere } from "../support/pixelcnn.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const plugin = process.env.XLA_PLUGIN;
const folder = temporaryFolder();
const tiny = [
  ...["--size", "8", "--channels", "4", "--layers", "1", "--batch-size", "3", "--limit", "6"],
  ...["--samples", "0", "--test-limit", "2", "--run", "./run", "--json"],
];

writeFileSync(join(folder, "text.so"), "no library\n");

it.each([
  [
    ["train", "--pjrt-plugin", "./none.so"],
    /^expected the file of a PJRT plugin, there is none at \/.*none\.so\n$/,
  ],
  [["evaluate", "--pjrt-plugin", "."], /^expected the file of a PJRT plugin, there is none at \/.*\n$/],
  [
    ["devices", "--pjrt-plugin", "./none.so"],
    /^expected the file of a PJRT plugin, there is none at \/.*\n$/,
  ],
  [
    ["train", "--steps", "1", "--pjrt-plugin", "./text.so"],
    /^expected the xla backend to work, but .*text\.so: expected a PJRT plugin .*; name another PJRT plugin\n$/,
  ],
  [
    ["train", "--backend", "wasm", "--pjrt-plugin", "./text.so"],
    /^--pjrt-plugin: expected --backend xla beside it, got wasm; leave one of them out\n$/,
  ],
])("%j is refused in one line", async (words, line) => {
  const { code, stdout, stderr } = await runHere(folder, ...words);
  expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
  expect(stderr).toMatch(line);
});

describe.skipIf(!plugin)("with a plugin", () => {
  // Which plugin compiles is what is tested; how well it improves programs takes half of the time, and is left to the trainings on XLA.
  beforeAll(() => void vi.stubEnv("XLA_FLAGS", "--xla_backend_optimization_level=0"));
  afterAll(() => void vi.unstubAllEnvs());

  const config = () => JSON.parse(readFileSync(join(folder, "run/config.json"), "utf8"));
  const started = (stdout: string) => jsonLines(stdout).find(({ type }) => type === "started");

  it("auto is xla, the run keeps the plugin, and another backend forgets it", async () => {
    const first = await runCli(folder, "train", ...tiny, "--steps", "1", "--pjrt-plugin", plugin!);
    expect(first).toMatchObject({ code: 0, stderr: "" });
    expect(config()).toMatchObject({ backend: "xla", pjrtPlugin: withoutHome(plugin!) });
    const resume = ["train", "--resume", "./run", "--json", "--steps"];
    const second = await runCli(folder, ...resume, "2");
    expect(second).toMatchObject({ code: 0, stderr: "" });
    expect(started(second.stdout)).toMatchObject({ backend: "xla", step: 1 });
    const third = await runCli(folder, ...resume, "3", "--backend", "wasm");
    expect(third).toMatchObject({ code: 0, stderr: "" });
    expect(started(third.stdout)).toMatchObject({ backend: "wasm", step: 2 });
    expect(config()).not.toHaveProperty("pjrtPlugin");
  });

  it("evaluate measures by it", async () => {
    const words = ["evaluate", "glyphs", "--limit", "4", "--json", "--pjrt-plugin", plugin!];
    const { code, stdout, stderr } = await runCli(folder, ...words);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const other = await runCli(folder, ...words.slice(0, 5), "--backend", "wasm");
    expect(Number(jsonLines(stdout)[0]!.nats) / Number(jsonLines(other.stdout)[0]!.nats)).toBeCloseTo(1, 5);
  });
});
