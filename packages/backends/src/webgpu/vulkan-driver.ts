/**
 * Whether Vulkan has a driver, asked where Dawn cannot be heard. Dawn tells of a missing driver on standard error, whatever it
 * is told, and a Vulkan loader without a driver comes with much other software.
 */
import { fork } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, extname, join } from "node:path";
import { wantsSoftware } from "./software-gpu.ts";

const PATIENCE_MS = 20_000;

/** Sources are run as they are in development, and compiled in a package. */
const entry = new URL(`./vulkan-process${extname(import.meta.url)}`, import.meta.url);

/** A process of its own is asked, a third of a second, unless it is plain that there is one. Linux only. */
export async function hasVulkanDriver(): Promise<boolean> {
  if (wantsSoftware() || (hasGraphicsDevice() && hasManifest())) return true;
  const child = fork(entry, { stdio: ["ignore", "ignore", "ignore", "ipc"], timeout: PATIENCE_MS });
  return new Promise((resolve) => {
    child.once("error", () => resolve(false));
    child.once("close", (code) => resolve(code === 0));
  });
}

function hasGraphicsDevice(): boolean {
  if (existsSync("/dev/nvidia0") || existsSync("/dev/dxg")) return true;
  return entries("/dev/dri").some((name) => name.startsWith("renderD"));
}

/** Drivers announce themselves with a file in one of these folders, or in the environment. */
function hasManifest(): boolean {
  const { env } = process;
  if (env.VK_DRIVER_FILES || env.VK_ICD_FILENAMES || env.VK_ADD_DRIVER_FILES) return true;
  const folders = [
    env.XDG_CONFIG_HOME || join(homedir(), ".config"),
    ...(env.XDG_CONFIG_DIRS || "/etc/xdg").split(delimiter),
    "/etc",
    env.XDG_DATA_HOME || join(homedir(), ".local/share"),
    ...(env.XDG_DATA_DIRS || "/usr/local/share:/usr/share").split(delimiter),
  ];
  return folders.some((folder) =>
    entries(join(folder, "vulkan/icd.d")).some((name) => name.endsWith(".json")),
  );
}

function entries(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder) : [];
}
