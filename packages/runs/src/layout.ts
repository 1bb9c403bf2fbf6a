/** Where things lie in a run directory. */
import { join } from "node:path";

/** Paths of a run's files; `run` is the run's directory. */
export const layout = {
  /** Everything needed to repeat the training, JSON. */
  config: (run: string) => join(run, "config.json"),
  /** One event a line, only ever appended to. */
  metrics: (run: string) => join(run, "metrics.jsonl"),
  /** Who trains it: a token and a count that goes up while the trainer lives. */
  lock: (run: string) => join(run, "lock"),
  /** The token of a trainer that is asked to save and end. */
  stop: (run: string) => join(run, "stop"),
  /** Folder of the checkpoints. */
  checkpoints: (run: string) => join(run, "checkpoints"),
  /** Folder of the sheets of samples. */
  sampleFolder: (run: string) => join(run, "samples"),
  /** The model of the best validation likelihood so far. */
  best: (run: string) => join(run, "best.safetensors"),
  /** The newest model. */
  model: (run: string) => join(run, "model.safetensors"),
  /** The checkpoint of a step: everything that training goes on from. */
  checkpoint: (run: string, step: number) => join(run, "checkpoints", `step-${padded(step)}.safetensors`),
  /** The sheet of pictures drawn at a step. */
  samples: (run: string, step: number) => join(run, "samples", `step-${padded(step)}.png`),
} as const;

function padded(step: number): string {
  return String(step).padStart(8, "0");
}
