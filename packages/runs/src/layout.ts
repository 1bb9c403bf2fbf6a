/** Where things lie in a run directory. */
import { join } from "node:path";

export const layout = {
  config: (run: string) => join(run, "config.json"),
  metrics: (run: string) => join(run, "metrics.jsonl"),
  checkpoints: (run: string) => join(run, "checkpoints"),
  sampleFolder: (run: string) => join(run, "samples"),
  best: (run: string) => join(run, "best.safetensors"),
  model: (run: string) => join(run, "model.safetensors"),
  checkpoint: (run: string, step: number) => join(run, "checkpoints", `step-${padded(step)}.safetensors`),
  samples: (run: string, step: number) => join(run, "samples", `step-${padded(step)}.png`),
} as const;

function padded(step: number): string {
  return String(step).padStart(8, "0");
}
