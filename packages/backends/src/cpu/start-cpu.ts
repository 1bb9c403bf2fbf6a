/** Plain JavaScript on one thread: slow, and always there. */
import { totalmem } from "node:os";
import { processorName } from "../device-names.ts";
import type { Device } from "../engine.ts";
import { activate, tensorflowJs } from "../tensorflow-js/activate.ts";

/** Makes it the current backend. */
export async function startCpu(): Promise<Device> {
  await import("@tensorflow/tfjs-backend-cpu");
  await activate("cpu", "cpu", "reinstall the packages");
  return { name: `${processorName()}, JavaScript`, version: tensorflowJs, memoryBytes: totalmem() };
}
