import type { Model } from "@pixelcnn/core";
import type { EngineOptions, TrainingEngine } from "@pixelcnn/core/training";
import { XlaEngine } from "@pixelcnn/xla";
import { startXla } from "./start-xla.ts";

/** Starts compiled training on a client of its own, which ends with the engine. */
export async function startXlaEngine(model: Model, options: EngineOptions): Promise<TrainingEngine> {
  const { client } = await startXla();
  return XlaEngine.start(client, model, options, { ownsClient: true });
}
