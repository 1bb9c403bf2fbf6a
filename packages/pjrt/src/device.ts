import type { CApi } from "./c-api/c-api.ts";
import { textAt } from "./c-api/memory.ts";
import { PluginCallError } from "./errors.ts";

/** What a device's allocator says of its memory, in bytes; what it does not say is absent. */
export interface DeviceMemory {
  readonly bytesInUse: number;
  readonly peakBytesInUse?: number;
  readonly bytesLimit?: number;
}

/** One processor that programs run on. Lives as long as its client, and is not disposed of. */
export class Device {
  /** Number within the client, the one that collectives name. */
  readonly id: number;
  /** The vendor's name of the hardware: `cpu`, `NVIDIA H100 80GB HBM3`. */
  readonly kind: string;
  /** Number within this machine, the one of `nvidia-smi`; −1 where there is none. */
  readonly localHardwareId: number;

  /** @internal Made by a client. */
  constructor(
    private readonly api: CApi,
    /** @internal */
    readonly address: bigint,
  ) {
    const { description } = api.call("Device_GetDescription", { device: address });
    this.id = api.call("DeviceDescription_Id", { description }).id;
    const { kind, kindSize } = api.call("DeviceDescription_Kind", { description });
    this.kind = textAt(kind, kindSize);
    this.localHardwareId = api.call("Device_LocalHardwareId", { device: address }).id;
  }

  /** The device's memory now, or `null` where the plugin keeps no count (XLA's CPU client). */
  memory(): DeviceMemory | null {
    try {
      const stats = this.api.call("Device_MemoryStats", { device: this.address });
      return {
        bytesInUse: stats.bytesInUse,
        ...(stats.peakBytesInUseIsSet ? { peakBytesInUse: stats.peakBytesInUse } : {}),
        ...(stats.bytesLimitIsSet ? { bytesLimit: stats.bytesLimit } : {}),
      };
    } catch (error) {
      if (error instanceof PluginCallError && error.codeName === "UNIMPLEMENTED") return null;
      throw error;
    }
  }
}
