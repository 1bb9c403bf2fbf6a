import type { Model } from "@pixelcnn/core";
import type { EngineOptions, TrainingEngine } from "@pixelcnn/core/training";

/** Starts compiled training on a client of its own, which ends with the engine. */
export async function startXlaEngine(model: Model, options: EngineOptions): Promise<TrainingEngine> {
  const [{ startXla }, { XlaEngine }] = await Promise.all([
    import("@pixelcnn/backends"),
    import("@pixelcnn/xla"),
  ]);
  const { client } = await startXla();
  return XlaEngine.start(client, model, options, { ownsClient: true });
}
