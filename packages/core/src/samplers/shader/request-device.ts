import type { Gpu, GpuAdapterInfo, GpuDevice } from "./gpu.ts";
import { ShaderError } from "./shader-error.ts";

/** What draws. */
export interface ShaderAdapter {
  /** As its maker calls it. */
  readonly description: string;
  readonly vendor: string;
  /** A GPU that the processor imitates: correct, and slower than the incremental sampler. */
  readonly isSoftware: boolean;
}

/** A device to draw with, and the adapter that it is of. */
export interface ShaderDevice {
  /** The caller's own: `destroy()` it, or keep it for many drawings. */
  readonly device: GpuDevice;
  readonly adapter: ShaderAdapter;
}

/** Dawn forgets its devices when nobody holds what they came from. */
const origins = new WeakMap<GpuDevice, Gpu>();

/** Architectures and devices of software adapters that do not always say that they are fallbacks. */
const SOFTWARE = /swiftshader|llvmpipe|lavapipe|basic render|warp/i;

/**
 * A device with WebGPU's default limits, which are all that the sampler needs. With `software` it is one of a software adapter
 * and of nothing else; without, a software adapter is refused.
 *
 * @param gpu a browser's `navigator.gpu` (undefined where it has none), or Dawn's.
 * @throws {ShaderError} of kind `unavailable` when there is no WebGPU, no adapter of that sort, or no device.
 */
export async function requestShaderDevice(
  gpu: Gpu | undefined | null,
  { software = false }: { readonly software?: boolean } = {},
): Promise<ShaderDevice> {
  if (!gpu) throw unavailable("no WebGPU here", undefined);
  try {
    const adapter = await gpu.requestAdapter({
      powerPreference: "high-performance",
      forceFallbackAdapter: software,
    });
    if (adapter === null)
      throw unavailable(`no ${software ? "software adapter" : "GPU with a driver"}`, undefined);
    const described = describe(adapter.info);
    if (described.isSoftware && !software)
      throw unavailable(`only a software GPU (${described.description})`, undefined);
    const device = await adapter.requestDevice();
    origins.set(device, gpu);
    return { device, adapter: described };
  } catch (error) {
    if (error instanceof ShaderError) throw error;
    throw unavailable(error instanceof Error ? error.message : String(error), error);
  }
}

/** Does the processor imitate this device? Unknown in engines that do not tell. */
export function isSoftware({ adapterInfo }: GpuDevice): boolean {
  return adapterInfo !== undefined && describe(adapterInfo).isSoftware;
}

function describe(info: GpuAdapterInfo): ShaderAdapter {
  const { vendor, architecture, device, description, isFallbackAdapter } = info;
  const name = description || device || [vendor, architecture].filter(Boolean).join(" ");
  return {
    description: name || "a GPU without a name",
    vendor,
    isSoftware: isFallbackAdapter === true || SOFTWARE.test(`${architecture} ${device} ${description}`),
  };
}

function unavailable(reason: string, cause: unknown): ShaderError {
  return new ShaderError(
    "unavailable",
    `expected a GPU through WebGPU, got ${reason}; draw with the incremental sampler, which makes the same pictures`,
    cause === undefined ? undefined : { cause },
  );
}
