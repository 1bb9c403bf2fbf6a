/** Plain JavaScript on one thread: slow, and always there. */
import { activate } from "./activate.ts";
import type { Device } from "./choose-backend.ts";
import { processorName } from "./processor-name.ts";

export async function startCpu(): Promise<Device> {
  await activate("cpu", "cpu", "reinstall the packages");
  return { name: `${processorName()}, JavaScript` };
}
