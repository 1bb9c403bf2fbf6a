/**
 * What is run of a computation, and in which order what is freed: its equations, but for those that go into a kernel of several, each with the values
 * that nobody reads after it. Where one kernel does what several primitives say, that is written here once:
 *
 *     convolution, then what is added to it           the kernel starts its sums from a bias of the channels, of a picture's channels, from an array, or
 *                                                     from all three; the convolution's gradient of its input likewise
 *     a gate's gradient where the gate was computed   of the gate's halves one is worked out of the other and of the gate
 *     maximum(x, 0)                                   relu
 *     select(x > 0, dy, 0)                            relu's gradient
 *     select(x > 0, x, exp(minimum(x, 0)) − 1)        elu, with the small exponent's own function
 */
import type { ChannelRange } from "../network/graph.ts";
import type { Computation, Equation } from "./computation.ts";
import type { Primitive, PrimitiveOf, TapOffset } from "./primitive.ts";
import type { Value } from "./value.ts";

/** What a convolution's sums start from: a number a channel [G], a number a picture and channel [B,G], or a number an element [B,H,W,G]. */
export type Addend = "channels" | "pictures" | "elements";

/** A convolution, or its input gradient, and what is added to it: each kind once at most, in this order. */
interface Summed {
  readonly offsets: readonly TapOffset[];
  readonly addends: readonly Addend[];
}

/** Several primitives that are one kernel. */
export type Fused =
  /** (x [B,H,W,F], W [taps,F,G], addends …) → [B,H,W,G] */
  | ({ readonly op: "summedConvolution" } & Summed)
  /** (dy [B,H,W,G], W [taps,F,G], addends …) → [B,H,W,F] */
  | ({ readonly op: "summedInputGradient" } & Summed)
  /** (x, dy, y = gate(x)) → dx */
  | { readonly op: "gateGradientOfGate"; readonly groups: readonly ChannelRange[] }
  | { readonly op: "relu" }
  /** (x, dy) → dx */
  | { readonly op: "reluGradient" }
  | { readonly op: "elu" };

/** What a step does. */
export type Operation = Primitive | Fused;
/** Name of what a step does. */
export type OperationName = Operation["op"];
/** The operation of a name. */
export type OperationOf<Name extends OperationName> = Operation & { readonly op: Name };

/** One kernel that is run. */
export interface Step {
  readonly operation: Operation;
  readonly inputs: readonly Value[];
  readonly output: Value;
  /** Ids of the values that are read for the last time here. */
  readonly last: readonly number[];
}

const known = new WeakMap<Computation, readonly Step[]>();

/** The steps of a computation, worked out once. Arguments and results are read for the last time by the caller. */
export function stepsOf(computation: Computation): readonly Step[] {
  const steps = known.get(computation) ?? work(computation);
  known.set(computation, steps);
  return steps;
}

function work({ arguments: given, equations, results }: Computation): Step[] {
  const definitions = new Map(equations.map((equation) => [equation.output.id, equation]));
  const uses = new Map<number, number>();
  for (const { inputs } of [...equations, { inputs: results.map(({ value }) => value) }]) {
    for (const { id } of inputs) uses.set(id, (uses.get(id) ?? 0) + 1);
  }
  const gates = new Map(
    equations
      .filter(({ primitive }) => primitive.op === "gate")
      .map(({ inputs, output }) => [inputs[0]!.id, output]),
  );
  const steps: Step[] = [];
  const needed = new Set(results.map(({ value }) => value.id));
  const kept = new Set([...needed, ...given.map(({ value }) => value.id)]);
  for (const equation of [...equations].reverse()) {
    const { output } = equation;
    if (!needed.has(output.id)) continue; // it has gone into the kernel of its only reader
    const { operation, inputs } = fuse(equation, { definitions, uses, gates }) ?? {
      operation: equation.primitive,
      inputs: equation.inputs,
    };
    const ids = [...new Set(inputs.map(({ id }) => id))];
    steps.push({ operation, inputs, output, last: ids.filter((id) => !needed.has(id) && !kept.has(id)) });
    for (const id of ids) needed.add(id);
  }
  return steps.reverse();
}

interface Graph {
  readonly definitions: ReadonlyMap<number, Equation>;
  /** How often every value is read. */
  readonly uses: ReadonlyMap<number, number>;
  /** The gate of a value. */
  readonly gates: ReadonlyMap<number, Value>;
}

type Fusion = Pick<Step, "operation" | "inputs">;

function fuse({ primitive, inputs }: Equation, graph: Graph): Fusion | null {
  switch (primitive.op) {
    case "binary":
      if (primitive.kind === "add") return summed(inputs, graph);
      return primitive.kind === "maximum" && isConstant(inputs[1]!, 0, graph)
        ? { operation: { op: "relu" }, inputs: [inputs[0]!] }
        : null;
    case "gateGradient":
      return gateGradientOfGate(primitive, inputs, graph);
    case "select":
      return ofPositives(inputs, graph);
    default:
      return null;
  }
}

/** A sum of a convolution that nobody else reads, and of what its kernel may start from. */
function summed([left, right]: readonly Value[], graph: Graph): SummedFusion | null {
  return added(right!, left!, graph) ?? added(left!, right!, graph);
}

type SummedFusion = Fusion & { readonly operation: Summed };

function added(sum: Value, value: Value, graph: Graph): SummedFusion | null {
  const fusion = convolutionOf(sum, graph);
  const { addend, from } = addendOf(value, graph);
  if (fusion === null || fusion.operation.addends.includes(addend)) return null;
  const operation = { ...fusion.operation, addends: [...fusion.operation.addends, addend] };
  return { operation, inputs: [...fusion.inputs, from] };
}

function convolutionOf(value: Value, graph: Graph): SummedFusion | null {
  const equation = graph.definitions.get(value.id);
  if (equation === undefined || graph.uses.get(value.id)! > 1) return null;
  const { primitive, inputs } = equation;
  switch (primitive.op) {
    case "convolution":
      return { operation: { op: "summedConvolution", offsets: primitive.offsets, addends: [] }, inputs };
    case "convolutionInputGradient":
      return { operation: { op: "summedInputGradient", offsets: primitive.offsets, addends: [] }, inputs };
    case "binary":
      return primitive.kind === "add" ? summed(inputs, graph) : null;
    default:
      return null;
  }
}

/** How a value is added, and the value that is added so. */
function addendOf(value: Value, graph: Graph): { addend: Addend; from: Value } {
  const spread = definition(value, "broadcast", graph);
  const from = spread?.inputs[0];
  const axes = String(spread?.primitive.axes);
  if (from !== undefined && axes === "3") return { addend: "channels", from };
  if (from !== undefined && axes === "0,3") return { addend: "pictures", from };
  return { addend: "elements", from: value };
}

function gateGradientOfGate(
  { groups }: PrimitiveOf<"gateGradient">,
  inputs: readonly Value[],
  { gates }: Graph,
): Fusion | null {
  const gate = gates.get(inputs[0]!.id);
  return gate === undefined
    ? null
    : { operation: { op: "gateGradientOfGate", groups }, inputs: [...inputs, gate] };
}

/** What is one thing where x > 0 and another elsewhere. */
function ofPositives([condition, above, below]: readonly Value[], graph: Graph): Fusion | null {
  const greater = definition(condition!, "greater", graph);
  if (!greater || !isConstant(greater.inputs[1]!, 0, graph)) return null;
  const x = greater.inputs[0]!;
  if (isConstant(below!, 0, graph)) return { operation: { op: "reluGradient" }, inputs: [x, above!] };
  if (above !== x) return null;
  const sum = definition(below!, "binary", graph);
  const exponential = sum && definition(sum.inputs[0]!, "unary", graph);
  const minimum = exponential && definition(exponential.inputs[0]!, "binary", graph);
  const isElu =
    sum?.primitive.kind === "add" &&
    isConstant(sum.inputs[1]!, -1, graph) &&
    exponential?.primitive.kind === "exponential" &&
    minimum?.primitive.kind === "minimum" &&
    minimum.inputs[0] === x &&
    isConstant(minimum.inputs[1]!, 0, graph);
  return isElu ? { operation: { op: "elu" }, inputs: [x] } : null;
}

/** The equation of a value, if it is of this primitive. */
function definition<Name extends Primitive["op"]>({ id }: Value, op: Name, { definitions }: Graph) {
  const equation = definitions.get(id);
  return equation?.primitive.op === op
    ? (equation as Equation & { readonly primitive: Primitive & { readonly op: Name } })
    : undefined;
}

function isConstant(value: Value, expected: number, graph: Graph): boolean {
  return definition(value, "constant", graph)?.primitive.value === expected;
}
