/** XLA through a PJRT plugin: whole training steps as compiled programs. */

import { setupInvocation } from "../invocation.ts";
import { BackendError } from "./backend-error.ts";
import type { Device } from "./choose-backend.ts";

/**
 * Sees the plugin compute. Training and likelihoods start a client of their own; what else needs tensors gets the WebAssembly backend.
 * @throws {BackendError} when no plugin is set up, or it does not compute
 */
export async function startXlaBackend(): Promise<Device> {
  const { BackendsError, findPlugin, startXla } = await import("@pixelcnn/backends");
  const fix = `run: ${setupInvocation("xla")}`;
  try {
    if (findPlugin() === null) throw new BackendError("xla", "no PJRT plugin is set up", fix);
    const { client, name } = await startXla();
    await client.dispose();
    await (await import("./wasm-backend.ts")).startWasm();
    return { name };
  } catch (error) {
    if (!(error instanceof BackendsError)) throw error;
    throw new BackendError("xla", error.message, fix, { cause: error });
  }
}
