import { programFields } from "./c-api/arguments.ts";
import type { CApi } from "./c-api/c-api.ts";
import { addressOf, pointersAt, textAt } from "./c-api/memory.ts";
import { encodeStruct, layOut } from "./c-api/struct.ts";
import { type CompileOptions, encodeCompileOptions } from "./compile-options.ts";
import { Device } from "./device.ts";
import { DeviceBuffer } from "./device-buffer.ts";
import { codeOf, type ElementType, type HostArray, typeOfArray } from "./element-type.ts";
import { UsageError } from "./errors.ts";
import { Executable } from "./executable.ts";
import { Natives } from "./natives.ts";

const programLayout = layOut(programFields);

/** A plugin at work: its devices, and the programs and arrays on them. */
export class Client {
  /** `cpu`, `cuda`, … */
  readonly platform: string;
  /** The plugin's own words about its version. */
  readonly platformVersion: string;
  /** The devices of this machine that take programs. */
  readonly devices: readonly Device[];
  private readonly natives: Natives;
  private ending: Promise<void> | undefined;

  /** @internal Made by a plugin. */
  constructor(
    private readonly api: CApi,
    private readonly address: bigint,
  ) {
    this.natives = new Natives(api);
    const { name, nameSize } = api.call("Client_PlatformName", { client: address });
    this.platform = textAt(name, nameSize);
    const { version, versionSize } = api.call("Client_PlatformVersion", { client: address });
    this.platformVersion = textAt(version, versionSize);
    const { devices, deviceCount } = api.call("Client_AddressableDevices", { client: address });
    this.devices = pointersAt(devices, deviceCount).map((device) => new Device(api, device));
  }

  /** Arrays on devices that are not disposed of. */
  get liveBuffers(): number {
    return this.natives.count("buffer");
  }

  /** Programs that are not disposed of. */
  get liveExecutables(): number {
    return this.natives.count("executable");
  }

  /**
   * Compiles a StableHLO module, off the event loop.
   * @param text the module, as text or as MLIR bytecode
   * @throws {PluginCallError} if the plugin does not accept it
   */
  compile(text: string | Uint8Array, options: CompileOptions = {}): Promise<Executable> {
    const replicas = options.replicas ?? 1;
    if (!Number.isInteger(replicas) || replicas < 1 || replicas > this.devices.length) {
      throw new UsageError(
        `expected 1 to ${this.devices.length} replicas, as many as there are devices, got ${replicas}`,
      );
    }
    const code = Buffer.from(text);
    const format = Buffer.from("mlir");
    const encoded = encodeCompileOptions(options);
    const program = encodeStruct(programLayout, {
      code: addressOf(code),
      codeSize: code.length,
      format: addressOf(format),
      formatSize: format.length,
    });
    return this.natives.during(async () => {
      const { executable } = await this.api.callAside(
        "Client_Compile",
        {
          client: this.address,
          program: addressOf(program),
          options: addressOf(encoded),
          optionsSize: encoded.length,
        },
        [code, format, program, encoded],
      );
      return new Executable(this.api, this.natives, executable);
    });
  }

  /**
   * Copies an array to a device, off the event loop.
   * @param values row-major; not to be changed before the promise settles
   * @param shape dimensions, the slowest first; none for a scalar
   * @param device the first one unless given
   * @param type what the elements are; what the array's own type says unless given (bytes can be `u8` or `pred`)
   * @throws {UsageError} if the shape does not hold as many elements as there are
   */
  upload(
    values: HostArray,
    shape: readonly number[],
    device: Device | undefined = this.devices[0],
    type: ElementType = typeOfArray(values),
  ): Promise<DeviceBuffer> {
    if (!device) throw new UsageError("expected a device, this client has none");
    const length = shape.reduce((product, extent) => product * extent, 1);
    if (length !== values.length) {
      throw new UsageError(`expected ${length} elements for the shape [${shape}], got ${values.length}`);
    }
    // Lists of no elements need an address nevertheless.
    const dimensions = BigInt64Array.from(shape.length === 0 ? [0n] : shape.map(BigInt));
    const data = values.length === 0 ? new Float64Array(1) : values;
    const held = [data, dimensions];
    return this.natives.during(async () => {
      const { buffer, doneWithHostBuffer } = await this.api.callAside(
        "Client_BufferFromHostBuffer",
        {
          client: this.address,
          data: addressOf(data),
          type: codeOf(type),
          dimensions: addressOf(dimensions),
          dimensionCount: shape.length,
          semantics: immutableUntilTransferCompletes,
          device: device.address,
        },
        held,
      );
      const result = new DeviceBuffer(this.api, this.natives, buffer);
      try {
        await this.api.settle(doneWithHostBuffer, held);
      } catch (error) {
        result.dispose();
        throw error;
      }
      return result;
    });
  }

  /** Waits for the calls under way, frees every program and array that is left, and the client. Later calls throw. */
  dispose(): Promise<void> {
    this.ending ??= this.natives.close().then(() => {
      this.api.call("Client_Destroy", { client: this.address });
    });
    return this.ending;
  }
}

/** `PJRT_HostBufferSemantics_kImmutableUntilTransferCompletes`. */
const immutableUntilTransferCompletes = 1;
