/** XLA through a PJRT plugin: whole training steps as compiled programs. */

import { totalmem } from "node:os";
import type { Client } from "@pixelcnn/pjrt";
import { BackendError } from "../backend-error.ts";
import type { Device, TrainingLimits } from "../engine.ts";
import { setupHint } from "../hints.ts";
import { startWasm } from "../wasm/start-wasm.ts";
import { findPlugin } from "./find-plugin.ts";
import { startXla } from "./start-xla.ts";
import { limitsOf } from "./training-limits.ts";

/** What computes, and with which limits it compiles whole training steps. */
export interface XlaBackend extends Device {
  readonly limits: TrainingLimits;
}

/**
 * Sees the plugin compute. Training and likelihoods start a client of their own; what else needs tensors gets the WebAssembly backend.
 * @throws {BackendError} when no plugin is set up, or it does not compute
 */
export async function startXlaBackend(): Promise<XlaBackend> {
  const fix = `run: ${setupHint("xla")}`;
  const { client, name, version } = await withFix(fix, async () => {
    if (findPlugin() === null) throw BackendError.of("xla", "no PJRT plugin is set up", fix);
    return startXla();
  });
  const memoryBytes = memoryOf(client);
  const limits = limitsOf(client);
  await client.dispose();
  await startWasm();
  return { name, version, memoryBytes, limits };
}

/** A processor's is the machine's; another device's is what its allocator may take. */
function memoryOf({ platform, devices }: Client): number | null {
  return platform === "cpu" ? totalmem() : (devices[0]!.memory()?.bytesLimit ?? null);
}

async function withFix<T>(fix: string, start: () => Promise<T>): Promise<T> {
  try {
    return await start();
  } catch (error) {
    if (!(error instanceof BackendError) || error.fix !== null) throw error;
    throw BackendError.of("xla", error.message, fix, error);
  }
}
