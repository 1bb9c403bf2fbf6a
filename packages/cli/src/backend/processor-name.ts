import { cpus } from "node:os";

/** The processor as its maker calls it. */
export function processorName(): string {
  return cpus()[0]?.model.trim() || process.arch;
}
