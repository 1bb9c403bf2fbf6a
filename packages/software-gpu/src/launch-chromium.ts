/**
 * A headless Chromium whose WebGPU is SwiftShader: the one of the lock file on Linux, the machine's own Chrome elsewhere.
 */
import { spawnSync } from "node:child_process";
import { existsSync, statfsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Browser, chromium } from "playwright-core";
import { hasSoftwareDriver } from "./driver.ts";
import { unpack } from "./unpack.ts";

export interface LaunchOptions {
  /** More flags for Chromium. */
  readonly args?: readonly string[];
}

/** The caller closes the browser. */
export async function launchChromium(options: LaunchOptions = {}): Promise<Browser> {
  return chromium.launch(await settings(options));
}

async function settings({ args = [] }: LaunchOptions) {
  const software = [
    "--enable-unsafe-webgpu",
    "--use-webgpu-adapter=swiftshader",
    "--enable-unsafe-swiftshader",
  ];
  if (!hasSoftwareDriver) return { channel: "chrome", args: [...software, ...args] };
  const folder = await unpack("chromium.br", "swiftshader.tar.br", "fonts.tar.br");
  const executablePath = join(folder, "chromium");
  // The one of the archive looks for the fonts in /tmp.
  writeFileSync(join(folder, "fonts.conf"), `<fontconfig><dir>${join(folder, "fonts")}</dir></fontconfig>\n`);
  return {
    executablePath,
    env: { ...process.env, FONTCONFIG_PATH: folder, ...(await libraries(executablePath)) },
    args: ["--no-sandbox", "--headless=shell", ...software, ...args],
    ignoreDefaultArgs: hasRoomInMemory() ? ["--disable-dev-shm-usage"] : [],
  };
}

/**
 * Playwright has Chromium share memory through files in /tmp, since a container's /dev/shm may have 64 MB and no more. On a disk that
 * takes the processor much of its time.
 */
function hasRoomInMemory(): boolean {
  const folder = "/dev/shm";
  if (!existsSync(folder)) return false;
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize >= 2 ** 30;
}

/** The libraries that come with the archive, where the machine lacks what Chromium links to (libnss3, libexpat1). */
async function libraries(executablePath: string): Promise<Record<string, string>> {
  const { status, stderr } = spawnSync(executablePath, ["--version"], { encoding: "utf8" });
  if (status === 0 || !stderr.includes("shared libraries")) return {};
  return { LD_LIBRARY_PATH: join(await unpack("al2023.tar.br"), "lib") };
}
