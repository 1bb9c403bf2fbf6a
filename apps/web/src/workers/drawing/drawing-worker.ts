/** The page's one drawing worker. */
import { proxy } from "comlink";
import { useDevice } from "./device-store.ts";
import { EngineWorker } from "./engine-worker.ts";

export const drawingWorker = new EngineWorker(
  () => new Worker(new URL("./drawing.worker.ts", import.meta.url), { type: "module" }),
  (engine) => {
    const { choice, setStatus } = useDevice.getState();
    void engine.listen(proxy(setStatus));
    void engine.choose(choice);
  },
);
