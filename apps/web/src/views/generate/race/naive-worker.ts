import { useDevice } from "../../../workers/drawing/device-store.ts";
import { EngineWorker } from "../../../workers/drawing/engine-worker.ts";

/** The slow lane's own worker; it is stopped when the race is over, since nothing else can interrupt TensorFlow.js. */
export const naiveWorker = new EngineWorker(
  () => new Worker(new URL("./naive.worker.ts", import.meta.url), { type: "module" }),
  (engine) => void engine.choose(useDevice.getState().choice),
);
