import type { Model } from "@pixelcnn/core";
import type { EngineOptions, TrainingEngine } from "@pixelcnn/core/training";
import { XlaEngine } from "@pixelcnn/xla";
import { BackendError } from "../backend-error.ts";
import { startXla } from "./start-xla.ts";

/**
 * Starts compiled training on a client of its own, which ends with the engine.
 * @throws {BackendError} when the client has fewer devices than are wanted
 */
export async function startXlaEngine(
  model: Model,
  options: EngineOptions,
  wanted: number | "all",
): Promise<TrainingEngine> {
  const { client } = await startXla();
  const devices = wanted === "all" ? client.devices.length : wanted;
  if (devices > client.devices.length) {
    const count = client.devices.length;
    await client.dispose();
    throw new BackendError(`expected 1 to ${count} devices, as many as there are, got ${devices}`);
  }
  return XlaEngine.start(client, model, options, { devices, ownsClient: true });
}
