/** What WebGPU reports beside the normal way, as errors of this room. */
import { PixelCnnError } from "../../errors.ts";
import type { GpuDevice } from "./gpu.ts";
import { ShaderError, type ShaderErrorKind } from "./shader-error.ts";

const INSTEAD = "draw with the incremental sampler, which makes the same pictures";

/**
 * Runs something that gives the device all its commands at once, before it waits for the first of them: error scopes are a stack,
 * and other drawings use it in between.
 *
 * @throws {ShaderError} when the device lacks the memory, refuses a command, or is lost meanwhile.
 */
export async function explained<T>(device: GpuDevice, work: () => T | Promise<T>): Promise<T> {
  for (const filter of ["internal", "out-of-memory", "validation"] as const) device.pushErrorScope(filter);
  const working = (async () => work())();
  const popped = [device.popErrorScope(), device.popErrorScope(), device.popErrorScope()];
  const [outcome] = await Promise.allSettled([working]);
  const [validation, memory, internal] = await Promise.all(popped.map((scope) => scope.catch(() => null)));
  if (outcome.status === "fulfilled" && !validation && !memory && !internal) return outcome.value;
  const loss = await lossOf(device);
  if (loss !== null) throw loss;
  if (memory) throw fault("out-of-memory", "enough memory on the GPU", memory.message, memory);
  const refused = validation ?? internal;
  if (refused) throw fault("validation", "a program that the device accepts", refused.message, refused);
  const { reason } = outcome as PromiseRejectedResult;
  if (reason instanceof PixelCnnError) throw reason;
  throw fault("validation", "the device to do its work", messageOf(reason), reason);
}

type Loss = Awaited<GpuDevice["lost"]>;

/** How each device went away; null while it is there. Watched once a device: its `lost` keeps everybody who ever waited for it. */
const losses = new WeakMap<GpuDevice, { loss: Loss | null }>();

/** The error of a lost device; null while it is there. */
async function lossOf(device: GpuDevice): Promise<ShaderError | null> {
  let watched = losses.get(device);
  if (watched === undefined) {
    const watch: { loss: Loss | null } = { loss: null };
    void device.lost.then((loss) => {
      watch.loss = loss;
    });
    losses.set(device, watch);
    watched = watch;
  }
  // A lost device says so to everybody who waits, in no certain order.
  await device.queue.onSubmittedWorkDone().catch(() => {});
  const { loss } = watched;
  if (loss === null) return null;
  return fault("lost", "the GPU to stay", loss.message || loss.reason || "device lost", loss);
}

function fault(kind: ShaderErrorKind, expected: string, got: string, cause: unknown): ShaderError {
  return new ShaderError(kind, `expected ${expected}, got: ${firstLine(got)}; ${INSTEAD}`, { cause });
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function firstLine(text: string): string {
  return text
    .trim()
    .split("\n")[0]!
    .trim()
    .replace(/[.;:]$/, "");
}
