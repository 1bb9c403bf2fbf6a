/** A graph that can be run: what is fed and what is fetched are the same in every run, so that TensorFlow plans it once. */
import type { ElementType } from "@pixelcnn/core/computation";
import koffi from "koffi";
import type { Graph } from "./graph.ts";
import type { Address, NativeOutput } from "./library.ts";
import { outputList } from "./lists.ts";
import { NativeTensor } from "./native-tensor.ts";

/** An output of the graph and the type of its elements. */
export interface Fetch {
  readonly output: NativeOutput;
  readonly type: ElementType;
}

/** No address: what could be told or asked besides is not. */
const NONE = 0;

export class Session {
  readonly #address: Address;
  readonly #graph: Graph;
  readonly #feeds: BigUint64Array;
  readonly #fetches: BigUint64Array;
  readonly #types: readonly ElementType[];

  /** Takes over the graph. */
  constructor(graph: Graph, feeds: readonly NativeOutput[], fetches: readonly Fetch[]) {
    const { library } = graph;
    this.#graph = graph;
    this.#feeds = outputList(feeds);
    this.#fetches = outputList(fetches.map(({ output }) => output));
    this.#types = fetches.map(({ type }) => type);
    const options = library.call("TF_NewSessionOptions");
    try {
      this.#address = library.check("TF_NewSession", graph.address, options);
    } finally {
      library.call("TF_DeleteSessionOptions", options);
    }
  }

  /**
   * Runs the graph on another thread. The first run plans it, which takes longer.
   * @param tensors what is fed, in order; they stay the caller's
   * @returns what is fetched; the caller disposes
   * @throws {TensorflowError} when an operation fails
   */
  async run(tensors: readonly NativeTensor[]): Promise<NativeTensor[]> {
    const { library } = this.#graph;
    const given = BigUint64Array.from(
      tensors.length === 0 ? [0n] : tensors.map(({ address }) => BigInt(address)),
    );
    const made = new BigUint64Array(Math.max(1, this.#types.length));
    const held = [given, made, tensors, this];
    const [feeds, values, fetches, results] = [this.#feeds, given, this.#fetches, made].map((list) =>
      koffi.address(list),
    );
    await library.checkAside(
      "TF_SessionRun",
      [
        ...[this.#address, NONE, feeds, values, tensors.length],
        ...[fetches, results, this.#types.length, NONE, 0, NONE],
      ],
      held,
    );
    return this.#types.map((type, index) => new NativeTensor(library, made[index]!, type));
  }

  /** Frees it and its graph. */
  dispose(): void {
    const { library } = this.#graph;
    library.check("TF_CloseSession", this.#address);
    library.check("TF_DeleteSession", this.#address);
    this.#graph.dispose();
  }
}
