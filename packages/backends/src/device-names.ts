/** What computes, as its maker calls it. */
import { execFile } from "node:child_process";
import { cpus } from "node:os";
import { promisify } from "node:util";

/** The processor. */
export function processorName(): string {
  return cpus()[0]?.model.trim() || process.arch;
}

/** Name and driver of the first NVIDIA card as its driver's own tool gives them; null without that tool. */
export async function graphicsCard(): Promise<string | null> {
  try {
    const { stdout } = await promisify(execFile)(
      "nvidia-smi",
      ["--query-gpu=name,driver_version", "--format=csv,noheader"],
      { timeout: 10_000 },
    );
    const [name, driver] = stdout.split("\n")[0]!.split(", ");
    return driver === undefined ? null : `${name}, driver ${driver.trim()}`;
  } catch {
    return null;
  }
}
