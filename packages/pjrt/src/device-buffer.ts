import type { CApi } from "./c-api/c-api.ts";
import { addressOf, integersAt } from "./c-api/memory.ts";
import type { Device } from "./device.ts";
import { arrayOf, type ElementType, type HostArray, typeOfCode } from "./element-type.ts";
import { UsageError } from "./errors.ts";
import type { Natives, NativeToken } from "./natives.ts";

/** An array on a device. It may not be computed yet: reading it waits, and throws what went wrong on the way to it. */
export class DeviceBuffer {
  private readonly token: NativeToken;
  private known: { readonly type: ElementType; readonly shape: readonly number[] } | undefined;

  /** @internal Made by a client or an execution. */
  constructor(
    private readonly api: CApi,
    private readonly natives: Natives,
    address: bigint,
  ) {
    this.token = natives.own(this, "buffer", address);
  }

  /** Type of its elements. */
  get type(): ElementType {
    return this.describe().type;
  }

  /** Its dimensions, the slowest first; none for a scalar. */
  get shape(): readonly number[] {
    return this.describe().shape;
  }

  /** Bytes that it takes on the device. */
  get byteLength(): number {
    return this.api.call("Buffer_OnDeviceSizeInBytes", { buffer: this.address }).sizeInBytes;
  }

  /** @internal @throws {UsageError} after `dispose()` or a donation */
  get address(): bigint {
    return this.natives.addressOf(this.token);
  }

  /**
   * Copies the array to this machine's memory, row-major, off the event loop.
   * @param into where to; a new array of the right type and length unless given. It must not be looked at before the promise settles.
   * @throws {UsageError} if `into` is of another length
   * @throws {PluginCallError} if what computes it failed
   */
  download<T extends HostArray = HostArray>(into?: T): Promise<T> {
    const { type, shape } = this.describe();
    const length = shape.reduce((product, extent) => product * extent, 1);
    const values = into ?? (arrayOf(type, length) as T);
    const expected = arrayOf(type, 0).BYTES_PER_ELEMENT * length;
    if (values.byteLength !== expected) {
      throw new UsageError(
        `expected an array of ${expected} bytes for ${type}[${shape}], got ${values.byteLength}`,
      );
    }
    const source = this.address;
    return this.natives.during(async () => {
      // An array of no bytes has no address to copy to.
      if (expected === 0) return values;
      const destination = addressOf(values);
      const call = { source, destination, destinationSize: values.byteLength };
      const { event } = await this.api.callAside("Buffer_ToHostBuffer", call, [values, this]);
      await this.api.settle(event, [values, this]);
      return values;
    });
  }

  /**
   * Waits until the array is computed, without copying it.
   * @throws {PluginCallError} if what computes it failed
   */
  ready(): Promise<void> {
    const { event } = this.api.call("Buffer_ReadyEvent", { buffer: this.address });
    return this.natives.during(() => this.api.settle(event, [this]));
  }

  /** Copies the array to another device of the same client. */
  copyTo(device: Device): Promise<DeviceBuffer> {
    const buffer = this.address;
    return this.natives.during(async () => {
      const { copy } = await this.api.callAside("Buffer_CopyToDevice", { buffer, device: device.address }, [
        this,
      ]);
      return new DeviceBuffer(this.api, this.natives, copy);
    });
  }

  /** Frees the array. A second call does nothing. */
  dispose(): void {
    this.natives.free(this.token);
  }

  private describe(): { readonly type: ElementType; readonly shape: readonly number[] } {
    if (!this.known) {
      const buffer = this.address;
      const { type: code } = this.api.call("Buffer_ElementType", { buffer });
      const type = typeOfCode(code);
      if (!type)
        throw new UsageError(`expected elements that a typed array can hold, got PJRT's type ${code}`);
      const { dimensions, dimensionCount } = this.api.call("Buffer_Dimensions", { buffer });
      this.known = { type, shape: integersAt(dimensions, dimensionCount) };
    }
    return this.known;
  }
}
