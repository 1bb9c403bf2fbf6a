/**
 * The one place where this program chooses a backend of TensorFlow.js; loaded only by commands that compute with tensors.
 * Every backend is a module of its own, loaded when it is tried.
 */

import { WasmTrainingError } from "@pixelcnn/wasm-training";
import { CliError } from "../cli-error.ts";
import { invocation } from "../invocation.ts";
import { type BackendName, type StartableBackend, startableBackends } from "./backend-names.ts";

/** What computes. */
export interface Device {
  /** As its maker calls it. */
  readonly name: string;
}

/** Make a backend the current one and see it compute; a {@link CliError} says why it does not. */
const starters = {
  cuda: async () => (await import("./tensorflow-backend.ts")).startTensorflow("cuda"),
  webgpu: async () => (await import("./webgpu-backend.ts")).startWebgpu(),
  xla: async () => (await import("./xla-backend.ts")).startXlaBackend(),
  native: async () => (await import("./tensorflow-backend.ts")).startTensorflow("native"),
  wasm: async () => (await import("./wasm-backend.ts")).startWasm(),
  cpu: async () => (await import("./cpu-backend.ts")).startCpu(),
} satisfies Record<StartableBackend, () => Promise<Device>>;

/** @returns the name of the backend that is now in use. @throws {CliError} when the one that is wanted does not work. */
export async function chooseBackend(wanted: BackendName): Promise<StartableBackend> {
  if (wanted !== "auto") {
    await startBackend(wanted);
    return wanted;
  }
  for (const backend of startableBackends) {
    try {
      await startBackend(backend);
      return backend;
    } catch (error) {
      if (!(error instanceof CliError || error instanceof WasmTrainingError)) throw error;
    }
  }
  throw new CliError(`expected at least the cpu backend to work, but none does; run: ${invocation} devices`);
}

/** @throws {CliError | WasmTrainingError} when it does not work. */
export function startBackend(backend: StartableBackend): Promise<Device> {
  return starters[backend]();
}
