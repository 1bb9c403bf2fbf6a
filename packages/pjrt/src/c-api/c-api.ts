/**
 * Calls of the PJRT C API: a struct of arguments in, an error or that struct's results out. Nothing here knows what a client or a buffer is.
 */
import koffi from "koffi";
import { PluginCallError, PluginError, UsageError } from "../errors.ts";
import { argumentFields, type FunctionName } from "./arguments.ts";
import { functionOrder, functionsOffset } from "./functions.ts";
import { checkLibraryFile } from "./library-file.ts";
import { textAt } from "./memory.ts";
import { decodeStruct, encodeStruct, type Fields, type Layout, layOut, type Values } from "./struct.ts";

/** A function's fields, by name: those that are given, and those that come back. */
export type ArgumentsOf<Name extends FunctionName> = Values<(typeof argumentFields)[Name]>;

type NativeFunction = ((bytes: Buffer) => unknown) & {
  async: (bytes: Buffer, done: (failure: unknown, error: unknown) => void) => void;
};

const layouts = Object.fromEntries(
  Object.entries(argumentFields).map(([name, fields]) => [name, layOut(fields as Fields)]),
) as unknown as Record<FunctionName, Layout<Fields>>;

const supportedMajor = 0;

/** What a plugin offers, called by name. */
export class CApi {
  private readonly functions = new Map<FunctionName, NativeFunction>();
  /** What calls on other threads still read or write: reachable from here until they return. */
  private readonly heldByCalls = new Set<unknown>();

  private constructor(
    private readonly address: unknown,
    /** Bytes of the plugin's `PJRT_Api`: how many functions it has. */
    private readonly apiBytes: number,
    /** Major and minor version of the interface that the plugin was built with. */
    readonly version: { readonly major: number; readonly minor: number },
  ) {}

  /**
   * Loads a shared library and asks it for its functions.
   * @throws {PluginError} if the file is no plugin of a version that this client speaks
   */
  static open(path: string): CApi {
    checkLibraryFile(path);
    let library: ReturnType<typeof koffi.load>;
    try {
      library = koffi.load(path);
    } catch (cause) {
      throw new PluginError(`${path}: the dynamic loader refused it: ${(cause as Error).message}`, { cause });
    }
    keepLoaded(path);
    let getApi: () => unknown;
    try {
      getApi = library.func("void *GetPjrtApi()") as () => unknown;
    } catch (cause) {
      throw new PluginError(`${path}: expected a PJRT plugin, but this library has no function GetPjrtApi`, {
        cause,
      });
    }
    const address = getApi();
    if (!address) throw new PluginError(`${path}: its GetPjrtApi returned nothing`);
    const bytes = Number(koffi.decode(address, "size_t"));
    const version = { major: koffi.decode(address, 32, "int"), minor: koffi.decode(address, 36, "int") };
    if (version.major !== supportedMajor) {
      throw new PluginError(
        `${path}: expected PJRT API ${supportedMajor}.x, got ${version.major}.${version.minor}; take a plugin of that version`,
      );
    }
    return new CApi(address, bytes, version);
  }

  /** Whether the plugin has a function: older ones lack some. */
  has(name: FunctionName): boolean {
    const end = functionsOffset + 8 * (functionOrder.indexOf(name) + 1);
    return end <= this.apiBytes && koffi.decode(this.address, end - 8, "uint64") !== 0;
  }

  /**
   * Calls a function and waits for it on this thread: for those that only look something up.
   * @throws {PluginCallError} with the plugin's code and text
   */
  call<Name extends FunctionName>(name: Name, values: Partial<ArgumentsOf<Name>>): ArgumentsOf<Name> {
    const bytes = encodeStruct(layouts[name], values);
    this.raise(name, this.find(name)(bytes));
    return decodeStruct(layouts[name], bytes) as ArgumentsOf<Name>;
  }

  /**
   * Calls a function on another thread. `held` is kept referenced until it returns: arrays whose addresses stand in `values`.
   * @throws {PluginCallError} with the plugin's code and text
   */
  async callAside<Name extends FunctionName>(
    name: Name,
    values: Partial<ArgumentsOf<Name>>,
    held: readonly unknown[] = [],
  ): Promise<ArgumentsOf<Name>> {
    const bytes = encodeStruct(layouts[name], values);
    const native = this.find(name);
    const memory = [bytes, held];
    this.heldByCalls.add(memory);
    const error = await new Promise<unknown>((resolve, reject) => {
      native.async(bytes, (failure, result) => {
        this.heldByCalls.delete(memory);
        if (failure) reject(failure);
        else resolve(result);
      });
    });
    this.raise(name, error);
    return decodeStruct(layouts[name], bytes) as ArgumentsOf<Name>;
  }

  /** Waits for an event on another thread and frees it. `held` is kept referenced until then. */
  async settle(event: bigint, held: readonly unknown[] = []): Promise<void> {
    if (event === 0n) return;
    try {
      await this.callAside("Event_Await", { event }, held);
    } finally {
      this.call("Event_Destroy", { event });
    }
  }

  private find(name: FunctionName): NativeFunction {
    const known = this.functions.get(name);
    if (known) return known;
    if (!this.has(name)) {
      throw new UsageError(
        `PJRT_${name}: this plugin, of API ${this.version.major}.${this.version.minor}, has no such function; take a newer one`,
      );
    }
    const offset = functionsOffset + 8 * functionOrder.indexOf(name);
    const found = koffi.decode(koffi.decode(this.address, offset, "void *"), prototype) as NativeFunction;
    this.functions.set(name, found);
    return found;
  }

  private raise(name: FunctionName, errorPointer: unknown): void {
    if (!errorPointer || name === "Error_Destroy" || name === "Error_Message") return;
    const error = koffi.address(errorPointer);
    const { message, messageSize } = this.call("Error_Message", { error });
    const text = textAt(message, messageSize);
    const code = name === "Error_GetCode" ? 2 : this.call("Error_GetCode", { error }).code;
    this.call("Error_Destroy", { error });
    throw new PluginCallError(name, code, text);
  }
}

/**
 * Plugins register what is to be done when the process ends, so they cannot be unloaded; koffi unloads its libraries before that. The loader is asked to
 * keep this one (RTLD_NOW with RTLD_NODELETE, whose number is each system's own).
 */
function keepLoaded(path: string): void {
  const noDelete = { linux: 0x1000, darwin: 0x80 }[process.platform as string];
  if (noDelete === undefined) return;
  const open = koffi.load(null).func("void *dlopen(const char *path, int flags)");
  open(path, noDelete | 2);
}

// Error_Destroy and Error_Message return nothing; what the register then holds is not looked at.
const prototype = koffi.proto("void *PjrtFunction(void *arguments)");
