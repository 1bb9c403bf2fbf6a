import type { Model } from "@pixelcnn/core";
import type { EngineOptions, TrainingEngine } from "@pixelcnn/core/training";
import { XlaEngine, XlaError } from "@pixelcnn/xla";
import { BackendError } from "../backend-error.ts";
import type { CompiledTraining } from "../engine.ts";
import { startXla, type XlaDevice } from "./start-xla.ts";

/**
 * Starts compiled training on a client of its own, which ends with the engine.
 * @throws {BackendError} when the client has fewer devices than are wanted, or multiplies in no such way
 */
export async function startXlaEngine(
  model: Model,
  options: EngineOptions,
  { devices = 1, ...how }: CompiledTraining,
  start: () => Promise<XlaDevice> = startXla,
): Promise<TrainingEngine> {
  const { client } = await start();
  const count = devices === "all" ? client.devices.length : devices;
  try {
    return await XlaEngine.start(client, model, options, { ...how, devices: count, ownsClient: true });
  } catch (error) {
    await client.dispose();
    if (!(error instanceof XlaError)) throw error;
    throw new BackendError(error.message, { cause: error });
  }
}
