import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

const script = fileURLToPath(new URL("../inside/find_plugin.py", import.meta.url));

function hasPython(): boolean {
  try {
    execFileSync("python3", ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

describe.skipIf(!hasPython())("what a Python has (needs python3)", () => {
  let site: string;
  beforeEach(() => {
    site = mkdtempSync(join(tmpdir(), "pixelcnn-site-"));
  });
  afterEach(() => rmSync(site, { recursive: true, force: true }));

  /** Puts empty files into the packages of a Python. */
  function install(...files: readonly string[]): void {
    for (const file of files) {
      mkdirSync(dirname(join(site, file)), { recursive: true });
      writeFileSync(join(site, file), "");
    }
  }

  function found(): Record<string, string> {
    // -S: none of the packages that this machine's Python has.
    const printed = execFileSync("python3", ["-S", script], {
      encoding: "utf8",
      env: { ...process.env, PYTHONPATH: site },
    });
    const lines = printed.trim().split("\n");
    return Object.fromEntries(lines.map((line) => line.split("=") as [string, string]));
  }

  test("nothing is found where nothing is", () => {
    expect(found()).toMatchObject({ PLUGIN: "", LIBRARIES: "", CUDA_FOLDER: "", JAX: "", PYTORCH: "" });
  });

  test("the newest CUDA's plugin is taken, with the libraries that came as wheels and what XLA compiles with", () => {
    install(
      "jax_plugins/xla_cuda12/__init__.py",
      "jax_plugins/xla_cuda12/xla_cuda_plugin.so",
      "jax_plugins/xla_cuda13/xla_cuda_plugin.so",
      "jax_plugins/xla_cuda13/other.so",
      "nvidia/cu13/lib/libcudart.so.13",
      "nvidia/cu13/lib/libcublas.so.13",
      "nvidia/cu13/nvvm/libdevice/libdevice.10.bc",
      "nvidia/cudnn/lib/libcudnn.so.9",
      "nvidia/cudnn/include/cudnn.h",
      "lammps_jax_pjrt_cpu/pjrt_c_api_cpu_plugin.so",
    );
    expect(found()).toMatchObject({
      PLUGIN: join(site, "jax_plugins/xla_cuda13/xla_cuda_plugin.so"),
      LIBRARIES: `${join(site, "nvidia/cu13/lib")}:${join(site, "nvidia/cudnn/lib")}`,
      CUDA_FOLDER: join(site, "nvidia/cu13"),
    });
  });

  test("another maker's plugin is taken before a processor's, and a processor's where it is all", () => {
    install("lammps_jax_pjrt_cpu/__init__.py", "lammps_jax_pjrt_cpu/pjrt_c_api_cpu_plugin.so");
    expect(found().PLUGIN).toBe(join(site, "lammps_jax_pjrt_cpu/pjrt_c_api_cpu_plugin.so"));
    install("jax_plugins/xla_rocm7/xla_rocm_plugin.so");
    expect(found().PLUGIN).toBe(join(site, "jax_plugins/xla_rocm7/xla_rocm_plugin.so"));
  });
});
