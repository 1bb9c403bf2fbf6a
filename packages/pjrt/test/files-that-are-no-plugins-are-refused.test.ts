import { execFileSync, spawnSync } from "node:child_process";
import { copyFileSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { Plugin, PluginError } from "../src/index.ts";
import { pluginPath } from "./support/plugin.ts";

const hasCompiler = spawnSync("cc", ["--version"]).status === 0;
const folder = mkdtempSync(join(tmpdir(), "pjrt-"));
afterAll(() => rmSync(folder, { recursive: true }));

function refusal(path: string): string {
  try {
    Plugin.load(path);
  } catch (error) {
    expect(error).toBeInstanceOf(PluginError);
    return (error as Error).message;
  }
  throw new Error(`${path} was loaded`);
}

describe("a file that is no plugin", () => {
  it("is refused in one line, whatever it is", () => {
    const absent = join(folder, "absent.so");
    expect(refusal(absent)).toBe(
      `${absent}: expected a PJRT plugin (a shared library), but there is no such file`,
    );
    expect(refusal(folder)).toBe(
      `${folder}: expected a PJRT plugin (a shared library), got a folder or device`,
    );
    const text = join(folder, "text.so");
    writeFileSync(text, "no library".repeat(100));
    expect(refusal(text)).toContain(text);
    expect(refusal(text)).not.toContain("\n");
  });

  it.runIf(process.platform === "linux")("is refused when it is a program that exports no GetPjrtApi", () => {
    const { sharedObjects } = process.report.getReport() as unknown as { sharedObjects: string[] };
    const library = sharedObjects.find((path) => /libm[.-]/.test(path));
    expect(refusal(library!)).toContain("has no function GetPjrtApi");
  });
});

describe.skipIf(!pluginPath || process.platform !== "linux")("a plugin that is cut short", () => {
  it("is refused before the loader maps it", () => {
    const cut = join(folder, "cut.so");
    copyFileSync(pluginPath!, cut);
    for (const bytes of [100_000_000, 1_000_000, 4_096, 100, 63, 0]) {
      truncateSync(cut, bytes);
      expect(refusal(cut)).toMatch(/cut short|some other kind of file/);
    }
  });
});

describe.skipIf(!hasCompiler)("a plugin of another time", () => {
  it("is refused with both versions when its major version is another", () => {
    const path = compileLibrary("seven.so", { major: 7, minor: 3, functions: 200 });
    expect(refusal(path)).toBe(`${path}: expected PJRT API 0.x, got 7.3; take a plugin of that version`);
  });

  it("is asked only for functions that it is long enough to have", async () => {
    const plugin = Plugin.load(compileLibrary("old.so", { major: 0, minor: 1, functions: 6 }));
    expect(plugin.apiVersion).toBe("0.1");
    await expect(plugin.createClient()).rejects.toThrow(
      "PJRT_Client_Create: this plugin, of API 0.1, has no such function; take a newer one",
    );
  });
});

/** A library whose GetPjrtApi returns a struct of so many functions, each of which returns no error. */
function compileLibrary(name: string, api: { major: number; minor: number; functions: number }): string {
  const source = join(folder, `${name}.c`);
  const path = join(folder, name);
  writeFileSync(
    source,
    `#include <stddef.h>
    static void *nothing(void *arguments) { return 0; }
    static struct { size_t size; void *extensions; size_t version_size; void *version_extensions; int major, minor; void *functions[${api.functions}]; } api;
    void *GetPjrtApi(void) {
      api.size = sizeof api; api.major = ${api.major}; api.minor = ${api.minor};
      for (int i = 0; i < ${api.functions}; i++) api.functions[i] = (void *)nothing;
      return &api;
    }`,
  );
  execFileSync("cc", ["-shared", "-fPIC", "-o", path, source]);
  return path;
}
