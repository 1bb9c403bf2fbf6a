/**
 * TensorFlow's C interface (tensorflow/c/c_api.h), the few functions of it that a graph and its runs need. Every address is a number of 64 bits; whoever
 * passes that of an array keeps the array referenced until the call has returned.
 */
import koffi from "koffi";
import { TensorflowError } from "../errors.ts";

koffi.struct("TF_Output", { operation: "uintptr_t", index: "int" });
koffi.struct("TF_WhileParams", {
  ninputs: "int",
  cond_graph: "uintptr_t",
  cond_inputs: "uintptr_t",
  cond_output: "TF_Output",
  body_graph: "uintptr_t",
  body_inputs: "uintptr_t",
  body_outputs: "uintptr_t",
  name: "const char *",
});

/** An address of something that TensorFlow made. */
export type Address = number | bigint;

/** An output of an operation of a graph, as C has it. */
export interface NativeOutput {
  readonly operation: Address;
  readonly index: number;
}

/** A loop in the making, as C has it: two graphs, each with as many inputs as the loop carries arrays. */
export interface WhileParameters {
  readonly cond_graph: Address;
  readonly cond_inputs: Address;
  cond_output: NativeOutput;
  readonly body_graph: Address;
  readonly body_inputs: Address;
  readonly body_outputs: Address;
  name: string;
}

/** Functions whose last argument is a status. */
const checked = {
  TF_SetAttrTensor: "void TF_SetAttrTensor(uintptr_t, const char *, uintptr_t, uintptr_t)",
  TF_FinishOperation: "uintptr_t TF_FinishOperation(uintptr_t, uintptr_t)",
  TF_NewWhile: "TF_WhileParams TF_NewWhile(uintptr_t, uintptr_t, int, uintptr_t)",
  TF_NewSession: "uintptr_t TF_NewSession(uintptr_t, uintptr_t, uintptr_t)",
  TF_CloseSession: "void TF_CloseSession(uintptr_t, uintptr_t)",
  TF_DeleteSession: "void TF_DeleteSession(uintptr_t, uintptr_t)",
  TF_SessionRun:
    "void TF_SessionRun(uintptr_t, uintptr_t, uintptr_t, uintptr_t, int, uintptr_t, uintptr_t, int, uintptr_t, int, uintptr_t, uintptr_t)",
} as const;

const plain = {
  TF_NewStatus: "uintptr_t TF_NewStatus()",
  TF_DeleteStatus: "void TF_DeleteStatus(uintptr_t)",
  TF_GetCode: "int TF_GetCode(uintptr_t)",
  TF_Message: "const char *TF_Message(uintptr_t)",
  TF_AllocateTensor: "uintptr_t TF_AllocateTensor(int, uintptr_t, int, size_t)",
  TF_DeleteTensor: "void TF_DeleteTensor(uintptr_t)",
  TF_TensorData: "uintptr_t TF_TensorData(uintptr_t)",
  TF_TensorByteSize: "size_t TF_TensorByteSize(uintptr_t)",
  TF_NewGraph: "uintptr_t TF_NewGraph()",
  TF_DeleteGraph: "void TF_DeleteGraph(uintptr_t)",
  TF_NewOperation: "uintptr_t TF_NewOperation(uintptr_t, const char *, const char *)",
  TF_AddInput: "void TF_AddInput(uintptr_t, TF_Output)",
  TF_AddInputList: "void TF_AddInputList(uintptr_t, uintptr_t, int)",
  TF_AddControlInput: "void TF_AddControlInput(uintptr_t, uintptr_t)",
  TF_SetAttrType: "void TF_SetAttrType(uintptr_t, const char *, int)",
  TF_SetAttrInt: "void TF_SetAttrInt(uintptr_t, const char *, int64_t)",
  TF_SetAttrIntList: "void TF_SetAttrIntList(uintptr_t, const char *, uintptr_t, int)",
  TF_SetAttrBool: "void TF_SetAttrBool(uintptr_t, const char *, uint8_t)",
  TF_SetAttrString: "void TF_SetAttrString(uintptr_t, const char *, const void *, size_t)",
  TF_SetAttrShape: "void TF_SetAttrShape(uintptr_t, const char *, uintptr_t, int)",
  TF_FinishWhile: "void TF_FinishWhile(const TF_WhileParams *, uintptr_t, uintptr_t)",
  TF_AbortWhile: "void TF_AbortWhile(const TF_WhileParams *)",
  TF_NewSessionOptions: "uintptr_t TF_NewSessionOptions()",
  TF_DeleteSessionOptions: "void TF_DeleteSessionOptions(uintptr_t)",
} as const;

type Checked = keyof typeof checked;
type Plain = keyof typeof plain;
type Function = ReturnType<ReturnType<typeof koffi.load>["func"]>;

/** TensorFlow, loaded: its functions by name. */
export class Library {
  readonly #functions: ReadonlyMap<string, Function>;
  /** What runs on other threads still read or write: reachable from here until they return. */
  readonly #held = new Set<unknown>();
  /** Arrays of TensorFlow's that are not freed yet. */
  readonly tensors = new Set<Address>();

  private constructor(path: string) {
    let library: ReturnType<typeof koffi.load>;
    try {
      library = koffi.load(path);
    } catch (cause) {
      throw new TensorflowError(`${path}: the dynamic loader refused it: ${(cause as Error).message}`, {
        cause,
      });
    }
    keepLoaded(path);
    const definitions = Object.entries<string>({ ...plain, ...checked });
    this.#functions = new Map(definitions.map(([name, text]) => [name, library.func(text)]));
  }

  static readonly #loaded = new Map<string, Library>();

  /**
   * @param path of `libtensorflow_cc.so.2`, whose other library lies beside it. Loaded once.
   * @throws {TensorflowError} where the loader does not take it
   */
  static open(path: string): Library {
    const library = Library.#loaded.get(path) ?? new Library(path);
    Library.#loaded.set(path, library);
    return library;
  }

  /** Calls a function that cannot fail. */
  call<Result = Address>(name: Plain, ...values: readonly unknown[]): Result {
    return this.#functions.get(name)!(...values);
  }

  /** @throws {TensorflowError} with TensorFlow's own words */
  check<Result = Address>(name: Checked, ...values: readonly unknown[]): Result {
    return this.checked((status) => this.#functions.get(name)!(...values, status));
  }

  /**
   * What `use` returns, once the status that it is lent says that all went well.
   * @throws {TensorflowError} with TensorFlow's own words
   */
  checked<Result>(use: (status: Address) => Result): Result {
    const status = this.call("TF_NewStatus");
    try {
      const result = use(status);
      this.#raise(status);
      return result;
    } finally {
      this.call("TF_DeleteStatus", status);
    }
  }

  /**
   * The same on another thread. @param held arrays whose addresses are among the values
   * @throws {TensorflowError} with TensorFlow's own words
   */
  async checkAside(name: Checked, values: readonly unknown[], held: readonly unknown[]): Promise<void> {
    const status = this.call("TF_NewStatus");
    const memory = { held };
    this.#held.add(memory);
    try {
      await new Promise<void>((resolve, reject) => {
        this.#functions.get(name)!.async(...values, status, (failure: unknown) => {
          if (failure) reject(failure);
          else resolve();
        });
      });
      this.#raise(status);
    } finally {
      this.#held.delete(memory);
      this.call("TF_DeleteStatus", status);
    }
  }

  #raise(status: Address): void {
    if (this.call<number>("TF_GetCode", status) === 0) return;
    throw new TensorflowError(this.call<string>("TF_Message", status));
  }
}

/** TensorFlow cannot be unloaded, which koffi would do before the process ends: RTLD_NOW with RTLD_NODELETE. */
function keepLoaded(path: string): void {
  if (process.platform !== "linux") return;
  koffi.load(null).func("void *dlopen(const char *path, int flags)")(path, 0x1000 | 2);
}
