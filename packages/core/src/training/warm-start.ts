/**
 * What one network has learned, as the start of another: of more levels, of no classes, of another data set, of wider layers or more of them.
 *
 * Layers are found again by their names (channel-origins.ts). A network that only grows computes at first what the learned one does: what goes on from something
 * listens to nothing new, and a new branch that is added to what was there adds nothing. The rest, the logits of other levels say, starts as it always
 * does (initialise.ts), and so does what the new network's masks forbid.
 */
import { ShapeError } from "../errors.ts";
import type { Network, NetworkNode } from "../network/graph.ts";
import { defineModel, type Model } from "../network/model.ts";
import { masksOf, type Parameter, parametersOf } from "../network/parameters.ts";
import { channelOrigins, isNew, NEW, type Origins } from "./channel-origins.ts";

/**
 * The model `start` with what `learned` has for it; neither is changed.
 *
 * @throws {ShapeError} when no weights of a convolution agree.
 */
export function warmStart(start: Model, learned: Model): Model {
  const { network } = start;
  const origins = channelOrigins(network, learned.network);
  const silent = silentNodes(network, origins);
  const before = new Map(parametersOf(learned.network).map((parameter) => [parameter.name, parameter]));
  const masks = masksOf(network);
  const weights = new Map([...start.weights].map(([name, values]) => [name, values.slice()]));
  let taken = 0;
  for (const parameter of parametersOf(network)) {
    const values = weights.get(parameter.name)!;
    const same = before.get(parameter.name);
    if (silent.has(parameter.node.name)) values.fill(0);
    else if (same !== undefined && same.node.op === parameter.node.op) {
      const from = learned.weights.get(parameter.name)!;
      const isTaken = take(values, axesOf(parameter, same, origins), from, same.shape);
      if (isTaken && parameter.role === "weight") taken += 1;
    }
    masks.get(parameter.name)?.forEach((bit, i) => {
      if (bit === 0) values[i] = 0;
    });
  }
  if (taken === 0) {
    throw new ShapeError(
      "expected layers of the same names in both networks, no narrower than before, got none",
    );
  }
  return defineModel(network, weights);
}

/** By entry along each axis of a parameter: the one of the learned parameter that it goes on from. */
type Axes = readonly Int32Array[];

function axesOf(
  { node, role, shape }: Parameter,
  same: Parameter,
  origins: ReadonlyMap<string, Origins>,
): Axes {
  const own = origins.get(node.name)!.channels;
  if (role !== "weight") {
    const rows = shape
      .slice(0, -1)
      .map((length, axis) => range(length === same.shape[axis] ? length : 0, length));
    return [...rows, own];
  }
  const read = origins.get(node.inputs[0]!)!.channels;
  const taps = tapOrigins(node, same.node);
  return node.op === "lstm" ? [taps, own, read] : [taps, read, own];
}

/** 0 ... known - 1, and the rest new. */
function range(known: number, length: number): Int32Array {
  return Int32Array.from({ length }, (_, i) => (i < known ? i : NEW));
}

function tapOrigins(node: NetworkNode, same: NetworkNode): Int32Array {
  if (!("taps" in node) || !("taps" in same)) return range(0, 0);
  return Int32Array.from(node.taps, ({ dy, dx }) =>
    same.taps.findIndex((tap) => tap.dy === dy && tap.dx === dx),
  );
}

/** @returns whether anything was there to take. */
function take(values: Float32Array, axes: Axes, from: Float32Array, shape: readonly number[]): boolean {
  const columns = axes.at(-1)!;
  let taken = false;
  for (let i = 0; i < values.length; i++) {
    const column = columns[i % columns.length]!;
    if (column === NEW) continue;
    let rest = Math.floor(i / columns.length);
    let at = column;
    let stride = shape.at(-1)!;
    for (let axis = axes.length - 2; axis >= 0; axis--) {
      const origin = axes[axis]![rest % axes[axis]!.length]!;
      at = origin === NEW || at === NEW ? NEW : at + origin * stride;
      rest = Math.floor(rest / axes[axis]!.length);
      stride *= shape[axis]!;
    }
    values[i] = at === NEW ? 0 : from[at]!;
    taken ||= at !== NEW;
  }
  return taken;
}

/** Convolutions and biases that are new, and end a branch that is added to something learned. */
function silentNodes(network: Network, origins: ReadonlyMap<string, Origins>): ReadonlySet<string> {
  const nodes = new Map(network.nodes.map((node) => [node.name, node]));
  const silent = new Set<string>();
  const silence = (name: string): void => {
    const node = nodes.get(name)!;
    if (!isNew(origins.get(name)!)) return;
    // What is 0 behind these is 0 before them. A unit that is 0 before a rectifier would never learn, so there the branch starts as it always does.
    if (node.op === "convolution" || node.op === "bias") silent.add(name);
    if (["bias", "dropout", "gate", "glu", "add"].includes(node.op)) node.inputs.forEach(silence);
  };
  for (const node of network.nodes) {
    if (node.op !== "add" || node.inputs.every((name) => isNew(origins.get(name)!))) continue;
    node.inputs.forEach(silence);
  }
  return silent;
}
