/** Setting up from wheels, with small ones that are made here: what stays of them, what is refused, and what is left on the disk. */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { cudaFor, cudaPlugins } from "../src/cuda/cuda-plugin.ts";
import {
  tensorflowForGpu,
  tensorflowForProcessor,
  xlaCuda,
  xlaProcessor,
} from "../src/wheels/pinned-wheels.ts";
import { setUpWheels, type WheelSet } from "../src/wheels/set-up-wheels.ts";
import type { Wheel } from "../src/wheels/wheel.ts";

const hasPip = (() => {
  try {
    execFileSync("python3", ["-m", "pip", "--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
})();

let folder: string;
let said: string[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "pixelcnn-wheels-"));
  said = [];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const line = (text: string): void => void said.push(text);

/** A wheel of a library, a program and a header. */
function makeWheel(name: string, keep?: readonly string[]): Wheel {
  const wheels = join(folder, "wheels");
  mkdirSync(wheels, { recursive: true });
  const file = join(wheels, `${name.replaceAll("-", "_")}-1.0-py3-none-manylinux2014_x86_64.whl`);
  const program = `
import sys, zipfile
name, path = sys.argv[1:]
with zipfile.ZipFile(path, "w") as wheel:
    for part, mode in [("lib/lib.so", 0o644), ("bin/tool", 0o755), ("include/lib.h", 0o644)]:
        entry = zipfile.ZipInfo(f"{name}/{part}")
        entry.external_attr = mode << 16
        wheel.writestr(entry, part)
    info = f"{name}-1.0.dist-info"
    wheel.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\\nName: {name}\\nVersion: 1.0\\n")
    wheel.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\\nRoot-Is-Purelib: false\\nTag: py3-none-manylinux2014_x86_64\\n")
    wheel.writestr(f"{info}/RECORD", "")
`;
  execFileSync("python3", ["-c", program, name.replaceAll("-", "_"), file]);
  const bytes = readFileSync(file);
  return {
    ...{ name, version: "1.0", platform: "manylinux2014_x86_64", bytes: bytes.length, unpackedBytes: 1000 },
    sha256: createHash("sha256").update(bytes).digest("hex"),
    ...(keep && { keep }),
  };
}

function setOf(wheels: readonly Wheel[]): WheelSet {
  return { backend: "cuda", wheels, folder: join(folder, "cache/made"), file: "made_up/lib/lib.so" };
}

describe("where it is set up", () => {
  const set = () => {
    const made = setOf([]);
    mkdirSync(join(made.folder, "made_up/lib"), { recursive: true });
    writeFileSync(join(made.folder, made.file), "");
    return made;
  };
  const failing = { build: () => Promise.reject(new Error("built again")) };

  it("a folder of wheels that is there is told not to be used, and how it would be", async () => {
    const made = set();
    await setUpWheels(made, { from: folder, line }, failing);
    expect(said).toEqual([
      `cuda is set up: ${join(made.folder, made.file)}`,
      `${folder} was not used: --force takes it, and sets up anew`,
    ]);
  });

  it("a path of nothing is refused", async () => {
    const nowhere = join(folder, "nowhere");
    await expect(setUpWheels(set(), { from: nowhere, line }, failing)).rejects.toThrow(
      `${nowhere}: expected a wheel or a folder of wheels, there is no such file`,
    );
    expect(said).toEqual([]);
  });
});

describe.runIf(hasPip)("wheels of a folder", () => {
  const from = () => join(folder, "wheels");
  const build = async () => "a device";

  it("are unpacked beside each other, programs may be run, and a second time nothing is done", async () => {
    const set = setOf([makeWheel("made-up"), makeWheel("made-up-too", ["made_up_too/lib/"])]);
    expect(await setUpWheels(set, { from: from(), line }, { build })).toBe(join(set.folder, set.file));
    expect(statSync(join(set.folder, "made_up/bin/tool")).mode & 0o111).toBe(0o111);
    expect(statSync(join(set.folder, "made_up/include/lib.h")).mode & 0o111).toBe(0);
    expect(readdirSync(join(set.folder, "made_up_too"))).toEqual(["lib"]);
    expect(readdirSync(join(folder, "cache"))).toEqual(["made"]);
    expect(said[0]).toMatch(/^taking made-up 1\.0, made-up-too 1\.0 from .*: 0 MB, unpacked 0 MB in /);
    expect(said.at(-1)).toBe("cuda computes on a device; use it with --backend cuda");
    const failing = { build: () => Promise.reject(new Error("built again")) };
    await setUpWheels(set, { line }, failing);
    expect(said.at(-1)).toBe(`cuda is set up: ${join(set.folder, set.file)}`);
    expect(await setUpWheels(set, { remove: true, line }, failing)).toBeNull();
    expect(readdirSync(join(folder, "cache"))).toEqual([]);
  });

  it("that do not compute leave nothing, and what was there before stays", async () => {
    const set = setOf([makeWheel("made-up")]);
    const failing = { build: () => Promise.reject(new Error("no device")) };
    await expect(setUpWheels(set, { from: from(), line }, failing)).rejects.toThrow("no device");
    expect(readdirSync(join(folder, "cache"))).toEqual([]);
    await setUpWheels(set, { from: from(), line }, { build });
    await expect(setUpWheels(set, { from: from(), force: true, line }, failing)).rejects.toThrow("no device");
    expect(readdirSync(join(folder, "cache"))).toEqual(["made"]);
    expect(existsSync(join(set.folder, set.file))).toBe(true);
  });

  it("are not touched where something else is missing", async () => {
    const check = () => Promise.reject(new Error("no compiler"));
    const set = setOf([makeWheel("made-up")]);
    await expect(setUpWheels(set, { from: from(), line }, { check, build })).rejects.toThrow("no compiler");
    expect(said).toEqual([]);
    expect(existsSync(join(folder, "cache"))).toBe(false);
  });

  it("are refused where there is no room for them", async () => {
    const wheel = { ...makeWheel("made-up"), unpackedBytes: 1e18 };
    await expect(setUpWheels(setOf([wheel]), { from: from(), line }, { build })).rejects.toThrow(
      /^expected \d+ MB of room in .*, got \d+; make room, or set XDG_CACHE_HOME to a larger disk$|of room/,
    );
    expect(readdirSync(join(folder, "cache"))).toEqual([]);
  });
});

describe.runIf(process.platform === "linux" && process.arch === "x64")("what is pinned", () => {
  it("has a version, a hash and sizes", () => {
    const all = [
      ...xlaProcessor,
      ...tensorflowForProcessor,
      ...tensorflowForGpu,
      ...xlaCuda[12],
      ...xlaCuda[13],
    ];
    expect(all.length).toBeGreaterThan(30);
    for (const { name, version, sha256, bytes, unpackedBytes, platform } of all) {
      expect({ name, version }).toEqual({
        name: expect.any(String),
        version: expect.stringMatching(/^\d[\d.]+$/),
      });
      expect(sha256, name).toMatch(/^[0-9a-f]{64}$/);
      expect(bytes, name).toBeGreaterThan(1e6);
      expect(unpackedBytes, name).toBeGreaterThan(bytes);
      expect(platform, name).toMatch(/^manylinux.*x86_64$/);
    }
  });

  it("of CUDA is chosen by the driver", () => {
    expect(cudaFor(13_010)).toBe(13);
    expect(cudaFor(12_080)).toBe(12);
    expect(() => cudaFor(11_040)).toThrow(
      /^expected an NVIDIA driver for CUDA 12 or newer .*, got one for CUDA 11\.4; /,
    );
    expect(cudaPlugins().map(({ file }) => file)).toEqual([
      "jax_plugins/xla_cuda13/xla_cuda_plugin.so",
      "jax_plugins/xla_cuda12/xla_cuda_plugin.so",
    ]);
  });
});
