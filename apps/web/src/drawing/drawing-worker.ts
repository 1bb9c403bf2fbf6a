/** The page's one drawing worker. */
import { proxy, type Remote } from "comlink";
import { useDevice } from "../device/device-store.ts";
import type { ModelEntry } from "../models/model-entry.ts";
import type { ModelSummary } from "../models/model-summary.ts";
import type { DrawingEngine } from "./drawing-engine.ts";
import { EngineWorker } from "./engine-worker.ts";

export const drawingWorker = new EngineWorker(
  () => new Worker(new URL("./drawing.worker.ts", import.meta.url), { type: "module" }),
  (engine) => {
    const { choice, setStatus } = useDevice.getState();
    void engine.listen(proxy(setStatus));
    void engine.choose(choice);
  },
);

/** The worker's engine, see {@link DrawingEngine}. */
export function drawingEngine(): Remote<DrawingEngine> {
  return drawingWorker.engine;
}

/** Loads a model into the worker, once. @throws what core says of a bad file, or the network of a missing one. */
export function loadModel(entry: ModelEntry): Promise<ModelSummary> {
  return drawingWorker.loadModel(entry);
}
