/** NVIDIA's cards as their driver's own program tells of them. */
import { execFile } from "node:child_process";
import type { GpuReading } from "./state.ts";

const QUERY = [
  "--query-gpu=name,utilization.gpu,memory.total,memory.used",
  "--format=csv,noheader,nounits",
] as const;
const PATIENCE_MS = 3000;
const MEBIBYTE = 2 ** 20;

/** @returns null where there is no such program, or it fails: nobody needs to ask again. */
export function readGpus(): Promise<GpuReading[] | null> {
  return new Promise((resolve) => {
    execFile("nvidia-smi", QUERY, { timeout: PATIENCE_MS }, (error, text) => {
      resolve(error === null ? parseGpus(text) : null);
    });
  });
}

/** "NVIDIA H100, 17, 81559, 1024" a line; "[N/A]" for what a card does not tell. */
export function parseGpus(text: string): GpuReading[] {
  return text.split("\n").flatMap((line) => {
    const fields = line.split(",").map((field) => field.trim());
    const [busy, memory, used] = fields.slice(-3).map(Number);
    if (fields.length < 4 || memory === undefined || used === undefined || Number.isNaN(memory)) return [];
    return [
      {
        name: fields.slice(0, -3).join(", "),
        busy: busy === undefined || Number.isNaN(busy) ? null : busy / 100,
        memory: memory * MEBIBYTE,
        memoryUsed: Number.isNaN(used) ? 0 : used * MEBIBYTE,
      },
    ];
  });
}
