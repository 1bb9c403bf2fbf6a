import { executeOptionsFields } from "./c-api/arguments.ts";
import type { CApi } from "./c-api/c-api.ts";
import { addressOf, pointersAt } from "./c-api/memory.ts";
import { encodeStruct, layOut } from "./c-api/struct.ts";
import { DeviceBuffer } from "./device-buffer.ts";
import { UsageError } from "./errors.ts";
import type { Natives, NativeToken } from "./natives.ts";

const optionsLayout = layOut(executeOptionsFields);

/** What an execution is told beside its arguments. */
export interface ExecuteOptions {
  /**
   * Indices of the arguments whose memory the program takes for its results (those with `tf.aliasing_output` or `jax.buffer_donor` in its text). Their buffers
   * are disposed of when `execute` has been called, whether or not it succeeds.
   */
  readonly donated?: readonly number[];
}

/** A compiled program, loaded on its devices. */
export class Executable {
  /** How many arrays a run returns on each device. */
  readonly outputCount: number;
  /** On how many devices a run takes place. */
  readonly deviceCount: number;
  /** Bytes of machine code, as far as the plugin says. */
  readonly codeBytes: number;
  private readonly token: NativeToken;

  /** @internal Made by a client. */
  constructor(
    private readonly api: CApi,
    private readonly natives: Natives,
    address: bigint,
  ) {
    this.token = natives.own(this, "executable", address);
    this.deviceCount = api.call("LoadedExecutable_AddressableDevices", { executable: address }).deviceCount;
    const { executable } = api.call("LoadedExecutable_GetExecutable", { loaded: address });
    try {
      this.outputCount = api.call("Executable_NumOutputs", { executable }).outputCount;
      this.codeBytes = api.call("Executable_SizeOfGeneratedCodeInBytes", { executable }).sizeInBytes;
    } finally {
      api.call("Executable_Destroy", { executable });
    }
  }

  /**
   * Runs the program, off the event loop. The promise settles when the run is on its way; reading a result waits for it. Calls are made in the order
   * in which `execute` was called only if each is awaited before the next.
   * @param inputs per device, the arguments in the program's order, already on that device
   * @returns per device, the results in the program's order; the caller disposes of them
   * @throws {UsageError} for another number of devices, or a buffer that is disposed of
   * @throws {PluginCallError} if the plugin refuses the arguments or the run
   */
  execute(
    inputs: readonly (readonly DeviceBuffer[])[],
    { donated = [] }: ExecuteOptions = {},
  ): Promise<DeviceBuffer[][]> {
    if (inputs.length !== this.deviceCount) {
      throw new UsageError(
        `expected arguments for ${this.deviceCount} devices, got them for ${inputs.length}`,
      );
    }
    const executable = this.natives.addressOf(this.token);
    const argumentLists = inputs.map((list) => pointerList(list.map((buffer) => buffer.address)));
    const outputLists = inputs.map(() => pointerList(new Array<bigint>(this.outputCount).fill(0n)));
    const argumentTable = pointerList(argumentLists.map(addressOf));
    const outputTable = pointerList(outputLists.map(addressOf));
    const options = encodeStruct(optionsLayout, {});
    const held = [argumentLists, outputLists, argumentTable, outputTable, options, inputs, this];
    return this.natives.during(async () => {
      try {
        await this.api.callAside(
          "LoadedExecutable_Execute",
          {
            executable,
            options: addressOf(options),
            argumentLists: addressOf(argumentTable),
            deviceCount: inputs.length,
            argumentCount: inputs[0]?.length ?? 0,
            outputLists: addressOf(outputTable),
          },
          held,
        );
      } finally {
        for (const list of inputs) for (const index of donated) list[index]?.dispose();
      }
      return outputLists.map((list) =>
        pointersAt(addressOf(list), this.outputCount).map(
          (address) => new DeviceBuffer(this.api, this.natives, address),
        ),
      );
    });
  }

  /** Frees the program. Results of its runs stay. A second call does nothing. */
  dispose(): void {
    this.natives.free(this.token);
  }
}

/** Pointers one after another; at least one, so that the list has an address. */
function pointerList(pointers: readonly bigint[]): BigUint64Array {
  return BigUint64Array.from(pointers.length === 0 ? [0n] : pointers);
}
