/**
 * A loop of a TensorFlow graph (TF_NewWhile): arrays go round as long as a condition on them holds. Condition and body are graphs of their own, which
 * TensorFlow copies into the graph around them, once, however often the loop turns.
 */
import koffi from "koffi";
import { Graph } from "./graph.ts";
import type { NativeOutput, WhileParameters } from "./library.ts";
import { outputList } from "./lists.ts";

let count = 0;

/**
 * @param given what goes round at first @param condition from what goes round to a truth value, in a graph of its own @param body to what goes on
 * @returns what has gone round
 * @throws {TensorflowError} when TensorFlow refuses an operation
 */
export function whileLoop(
  graph: Graph,
  given: readonly NativeOutput[],
  condition: (graph: Graph, carried: readonly NativeOutput[]) => NativeOutput,
  body: (graph: Graph, carried: readonly NativeOutput[]) => readonly NativeOutput[],
): NativeOutput[] {
  const { library } = graph;
  const inputs = outputList(given);
  const loop = library.check<WhileParameters>(
    "TF_NewWhile",
    graph.address,
    koffi.address(inputs),
    given.length,
  );
  try {
    const [ofCondition, ofBody] = [loop.cond_inputs, loop.body_inputs].map((address) =>
      readOutputs(outputsAt(address, given.length)),
    ) as [NativeOutput[], NativeOutput[]];
    loop.cond_output = condition(new Graph(library, loop.cond_graph), ofCondition);
    const results = body(new Graph(library, loop.body_graph), ofBody);
    outputsAt(loop.body_outputs, given.length).set(outputList(results));
    loop.name = `loop_${count++}`;
  } catch (error) {
    library.call("TF_AbortWhile", loop);
    throw error;
  }
  const made = outputList(given);
  library.checked((status) => library.call("TF_FinishWhile", loop, status, koffi.address(made)));
  return readOutputs(made);
}

/** A list of outputs in TensorFlow's memory. */
function outputsAt(address: WhileParameters["body_inputs"], length: number): BigUint64Array {
  return new BigUint64Array(koffi.view(BigInt(address), 16 * length));
}

function readOutputs(list: BigUint64Array): NativeOutput[] {
  return Array.from({ length: list.length / 2 }, (_, place) => ({
    operation: list[2 * place]!,
    index: Number(list[2 * place + 1]! & 0xffffffffn),
  }));
}
