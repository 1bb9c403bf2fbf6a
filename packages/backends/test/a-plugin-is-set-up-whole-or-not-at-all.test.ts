/** Setting XLA up, as far as it goes without a network: what is found, what is refused, and what is left on the disk. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { BackendError } from "@pixelcnn/backends";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { setUpTensorflow } from "../src/tensorflow/set-up-tensorflow.ts";
import { findPlugin } from "../src/xla/find-plugin.ts";
import { setUpXla } from "../src/xla/set-up-xla.ts";
import { startXla } from "../src/xla/start-xla.ts";

const here = process.platform === "linux" && process.arch === "x64";
const realPlugin = process.env.PIXELCNN_PJRT_PLUGIN;
let cache: string;
let said: string[];
const line = (text: string): void => void said.push(text);

beforeEach(() => {
  cache = mkdtempSync(join(tmpdir(), "pixelcnn-backends-"));
  vi.stubEnv("XDG_CACHE_HOME", cache);
  vi.stubEnv("PIXELCNN_PJRT_PLUGIN", undefined);
  said = [];
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(cache, { recursive: true });
});

/** Everything in the cache's folder of backends. */
function left(): string[] {
  const folder = join(cache, "pixelcnn/backends");
  return existsSync(folder) ? readdirSync(folder) : [];
}

describe("the plugin", () => {
  it("is what the variable names, none where it is empty, and refused where there is no such file", () => {
    expect(findPlugin()).toBeNull();
    vi.stubEnv("PIXELCNN_PJRT_PLUGIN", "");
    expect(findPlugin()).toBeNull();
    vi.stubEnv("PIXELCNN_PJRT_PLUGIN", import.meta.filename);
    expect(findPlugin()).toBe(import.meta.filename);
    vi.stubEnv("PIXELCNN_PJRT_PLUGIN", "/nowhere/plugin.so");
    expect(() => findPlugin()).toThrow(
      "PIXELCNN_PJRT_PLUGIN: expected a PJRT plugin, there is no /nowhere/plugin.so",
    );
  });

  it("is asked for in one line where none is set up, and where it is none", async () => {
    await expect(startXla()).rejects.toThrow("expected a PJRT plugin, none is set up; run: pnpm setup:xla");
    const refused = startXla(import.meta.filename);
    await expect(refused).rejects.toThrow(BackendError);
    await expect(refused).rejects.toThrow(
      /^expected the xla backend to work, but .*; run: pnpm setup:xla --force$/,
    );
  });

  it.skipIf(!realPlugin)("computes", async () => {
    const { client, name } = await startXla(realPlugin);
    expect(name).toMatch(/PJRT 0\.\d+$/);
    await client.dispose();
  });
});

describe.runIf(here)("setting up", () => {
  it("says what is missing without a Python, and leaves nothing", async () => {
    vi.stubEnv("PYTHON", "/nowhere/python3");
    await expect(setUpXla({ line })).rejects.toThrow(
      /but there is none; install Python 3 with pip .* or name it in PYTHON$/,
    );
    const folder = join(cache, "pixelcnn/backends/lammps-jax-pjrt-cpu-0.11.2");
    expect(said).toEqual([`fetching lammps-jax-pjrt-cpu 0.11.2: 60 MB, unpacked 193 MB in ${folder}`]);
    expect(left()).toEqual([]);
  });

  it("says what is missing where Python has no pip, or nothing compiles, and leaves nothing", async () => {
    const python = join(cache, "python3");
    writeFileSync(python, '#!/bin/sh\necho "$0: No module named pip" >&2\nexit 1\n', { mode: 0o755 });
    vi.stubEnv("PYTHON", python);
    await expect(setUpXla({ line })).rejects.toThrow(
      /^expected \S*python3 to fetch lammps-jax-pjrt-cpu 0\.11\.2, got: .*No module named pip; install pip \(/,
    );
    said = [];
    vi.stubEnv("CXX", "/nowhere/c++");
    await expect(setUpTensorflow("native", { line })).rejects.toThrow(
      /^expected \/nowhere\/c\+\+ to compile .* but there is none; install a C\+\+ compiler \(/,
    );
    expect(said).toEqual([]);
    expect(left()).toEqual([]);
  });

  it("refuses a wheel with another content by its hash, and keeps what was there", async () => {
    mkdirSync(join(cache, "wheels"));
    const wheel = join(cache, "wheels/lammps_jax_pjrt_cpu-0.11.2-py3-none-manylinux_2_27_x86_64.whl");
    writeFileSync(wheel, "no wheel");
    const folder = join(cache, "pixelcnn/backends/lammps-jax-pjrt-cpu-0.11.2");
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "before"), "");
    // What a set-up that was killed has left.
    mkdirSync(join(dirname(folder), ".making-0-abandoned"));
    await expect(setUpXla({ from: wheel, line })).rejects.toThrow(
      /^expected python3 to fetch lammps-jax-pjrt-cpu 0\.11\.2, got: /,
    );
    expect(left()).toEqual(["lammps-jax-pjrt-cpu-0.11.2"]);
    expect(readdirSync(folder)).toEqual(["before"]);
    await expect(setUpXla({ from: join(cache, "absent.whl"), line })).rejects.toThrow(
      "expected a wheel or a folder of wheels, there is no such file",
    );
  });

  it("takes away what it has put there", async () => {
    const folder = join(cache, "pixelcnn/backends/lammps-jax-pjrt-cpu-0.11.2");
    mkdirSync(folder, { recursive: true });
    expect(await setUpXla({ remove: true, line })).toBeNull();
    expect(left()).toEqual([]);
  });

  it("does nothing a second time", async () => {
    const folder = join(cache, "pixelcnn/backends/lammps-jax-pjrt-cpu-0.11.2/lammps_jax_pjrt_cpu");
    mkdirSync(folder, { recursive: true });
    const file = join(folder, "pjrt_c_api_cpu_plugin.so");
    writeFileSync(file, "");
    expect(await setUpXla({ line })).toBe(file);
    expect(said).toEqual([`xla is set up: ${file}`]);
  });
});
