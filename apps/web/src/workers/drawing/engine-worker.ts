/** A worker that draws: it exposes a DrawingEngine, with whatever sampler. */
import { type Remote, transfer } from "comlink";
import { ModelWorker } from "../model-worker.ts";
import type { DrawingEngine } from "./drawing-engine.ts";
import type { ModelSummary } from "./model-summary.ts";

export class EngineWorker extends ModelWorker<DrawingEngine, ModelSummary> {
  constructor(open: () => Worker, onStart: (engine: Remote<DrawingEngine>) => void) {
    super({
      open,
      onStart,
      load: (engine, id, bytes) => engine.load(id, transfer(bytes, [bytes])),
      endMessage: (cause) => `The drawing stopped: ${cause}. Draw again to go on.`,
    });
  }
}
