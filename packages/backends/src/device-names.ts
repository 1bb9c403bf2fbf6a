/** What computes, as its maker calls it. */
import { execFile } from "node:child_process";
import { cpus } from "node:os";
import { promisify } from "node:util";

/** The processor. */
export function processorName(): string {
  return cpus()[0]?.model.trim() || process.arch;
}

/** A graphics card. */
export interface GraphicsCard {
  /** With its driver. */
  readonly name: string;
  readonly memoryBytes: number;
}

/** The first NVIDIA card as its driver's own tool tells of it; null without that tool. */
export async function graphicsCard(): Promise<GraphicsCard | null> {
  try {
    const { stdout } = await promisify(execFile)(
      "nvidia-smi",
      ["--query-gpu=name,driver_version,memory.total", "--format=csv,noheader,nounits"],
      { timeout: 10_000 },
    );
    const [name, driver, mebibytes] = stdout.split("\n")[0]!.split(", ");
    if (mebibytes === undefined) return null;
    return { name: `${name}, driver ${driver}`, memoryBytes: Number(mebibytes) * 2 ** 20 };
  } catch {
    return null;
  }
}
