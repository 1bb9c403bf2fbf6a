/**
 * The forward pass of a network and its loss as a computation: what every operation of the graph does, once, one line each. Whoever trains a network
 * or measures its likelihood executes this list.
 *
 * One file although long: a case for every operation, and what of them needs more than a line.
 */
import type { LikelihoodKind } from "../likelihoods/likelihood.ts";
import { likelihoodOf, type Modelled } from "../likelihoods/likelihoods.ts";
import type { ChannelRange, ConvolutionNode, Network, NetworkNode, Plane } from "../network/graph.ts";
import { rangeSize } from "../network/groups.ts";
import { size } from "../network/parameters.ts";
import { looksAround, type Window } from "../network/window.ts";
import { mixtureNats } from "./mixture-nats.ts";
import type { Trace } from "./trace.ts";
import type { Value } from "./value.ts";

/** What a forward pass reads besides the network. */
export interface ForwardInputs {
  /** Every parameter by name, in the shapes that `parametersOf` gives. */
  readonly parameters: ReadonlyMap<string, Value>;
  /** [B, H, W, C], levels 0 … K − 1, f32; with a window, of windows of that size. */
  readonly levels: Value;
  /** Given when the logits are wanted of one pixel a window alone. */
  readonly window?: InputWindow | undefined;
  /** Class labels, s32 [B]; required by networks with classes. */
  readonly labels?: Value | undefined;
  /** Absent at inference. */
  readonly training?: TrainingPass | undefined;
}

/** Windows in place of pictures: what `windowOf` the network gives, and which of their pixels lie in the picture. */
export interface InputWindow extends Window {
  /** [B, H, W], 1 or 0, f32. */
  readonly inside: Value;
  /** [B, 2], row and column of every window's pixel, f32; of networks that read where they are. */
  readonly places?: Value | undefined;
}

/** What differs in training. */
export interface TrainingPass {
  /** A mask of 0 and 1 / (1 − rate) for the activations of node `index`, of this shape. */
  dropoutMask(index: number, rate: number, shape: readonly number[]): Value;
  /** Told the batch's mean and variance at a batch norm node, [F] each. */
  batchStatistics(node: BatchNorm, mean: Value, variance: Value): void;
  /** On how many devices the batch is spread: batch norm takes its statistics over all of them. */
  readonly devices: number;
}

type BatchNorm = NetworkNode & { readonly op: "batchNorm" };
type Embedding = NetworkNode & { readonly op: "embedding" };

/** The logits of every value, [B, H, W, C·K] (two levels: [B, H, W, C]; what else the likelihood asks for); with a window, of one pixel each, [B, 1, 1, C·K]. */
export function forwardPass(trace: Trace, network: Network, inputs: ForwardInputs): Value {
  const context: Context = { trace, network, ...inputs };
  const values = new Map<string, Value>();
  network.nodes.forEach((node, index) => {
    const sources = node.inputs.map((name) => values.get(name)!);
    values.set(node.name, (inputs.window ? computeAtPixel : compute)(node, index, sources, context));
  });
  return values.get(network.output)!;
}

/** What a node is at the one pixel of every window, from what its inputs are there. Neighbours are worked out where one is looked at. */
function computeAtPixel(
  node: NetworkNode,
  index: number,
  sources: readonly Value[],
  context: Context,
): Value {
  const { trace, parameters } = context;
  const { inside, above, left } = context.window!;
  if (isOfWindow(node)) return trace.pixel(compute(node, index, [], context), above, left);
  if (!looksAround(node)) return compute(node, index, sources, context);
  const everywhere = computeEverywhere(node.inputs[0]!, context);
  // As a convolution finds 0 beyond the border, whatever its input makes of no picture.
  const x = trace.multiply(everywhere, trace.broadcast(inside, everywhere.shape, [0, 1, 2]));
  const [batch, , columns, channels] = x.shape as [number, number, number, number];
  const flat = trace.reshape(x, [batch, size(x.shape) / batch]);
  const cells = offsetsOf(node).map(([dy, dx]) => (above + dy) * columns + left + dx);
  const seen = trace.concatenate(
    runsOf(cells).map(([first, end]) => trace.channels(flat, [first * channels, end * channels])),
    1,
  );
  const weight = parameters.get(node.weight)!;
  const together = trace.reshape(weight, [1, seen.shape[1]!, weight.shape[2]!]);
  const atPixel = trace.reshape(seen, [batch, 1, 1, seen.shape[1]!]);
  return withBias(node, trace.convolution(atPixel, together, [[0, 0]]), context);
}

/** Cells that lie one after another, first and end: one slice each, where a slice for each cell would be a sum of as many arrays in the gradient. */
function runsOf(cells: readonly number[]): (readonly [first: number, end: number])[] {
  const starts = cells.flatMap((cell, i) => (i > 0 && cell === cells[i - 1]! + 1 ? [] : [i]));
  return starts.map((start, i) => [cells[start]!, cells[(starts[i + 1] ?? cells.length) - 1]! + 1]);
}

/** Whether a node is worked out from what a window is given, not from what its inputs are at the pixel. */
function isOfWindow({ op, inputs }: NetworkNode): boolean {
  return inputs.length === 0 || op === "embedding";
}

/** What a node is at every pixel of every window. */
function computeEverywhere(name: string, context: Context): Value {
  const index = context.network.nodes.findIndex((node) => node.name === name);
  const node = context.network.nodes[index]!;
  const sources = node.inputs.map((input) => computeEverywhere(input, context));
  return compute(node, index, sources, context);
}

/**
 * The negative log-likelihood of pictures' levels under their logits in parts that add up, picture after picture: nats of every value, [B·H·W·C], or of
 * every pixel, [B·H·W], where the likelihood ties its channels together.
 *
 * @param logits [B, H, W, logits of a position] @param levels [B, H, W, C], f32
 */
export function natsOfValues(trace: Trace, network: Modelled, logits: Value, levels: Value): Value {
  return natsOf[likelihoodOf(network).kind](trace, logits, levels, network);
}

const natsOf: Readonly<Record<LikelihoodKind, Nats>> = {
  bernoulli(trace, logits, levels) {
    const count = size(levels.shape);
    return trace.apply(
      { op: "bernoulliNats" },
      trace.reshape(logits, [count]),
      trace.reshape(levels, [count]),
    );
  },
  categorical(trace, logits, levels, { picture }) {
    const count = size(levels.shape);
    const perValue = trace.reshape(logits, [count, picture.levels]);
    return trace.apply({ op: "categoricalNats" }, perValue, trace.reshape(levels, [count]));
  },
  mixture: mixtureNats,
};
type Nats = (trace: Trace, logits: Value, levels: Value, network: Modelled) => Value;

interface Context extends ForwardInputs {
  readonly trace: Trace;
  readonly network: Network;
}

function compute(node: NetworkNode, index: number, inputs: readonly Value[], context: Context): Value {
  const { trace, network, parameters, training } = context;
  const parameter = (name: string): Value => parameters.get(name)!;
  const x = inputs[0]!;
  switch (node.op) {
    case "input": {
      const { scale, offset } = network.encoding;
      return trace.shift(trace.scale(context.levels, scale), offset);
    }
    case "embedding":
      return embed(node, context);
    case "planes":
      return planesOf(node.planes, context);
    case "convolution": {
      return withBias(node, trace.convolution(x, parameter(node.weight), offsetsOf(node)), context);
    }
    case "bias": {
      if (!node.perClass) return trace.add(x, trace.atEveryPosition(parameter(node.bias), x.shape));
      const chosen = trace.gather(parameter(node.bias), context.labels!); // [B, F]
      return trace.add(x, trace.broadcast(chosen, x.shape, [0, 3]));
    }
    case "add":
      return inputs.slice(1).reduce((sum, input) => trace.add(sum, input), x);
    case "concat":
      return concatenateByGroup(node, inputs, context);
    case "relu":
      return trace.binary("maximum", x, trace.constant(0, x.shape));
    case "elu":
      return elu(trace, x);
    case "concatElu": {
      const signs = [elu(trace, x), elu(trace, trace.unary("negate", x))];
      return joined(
        trace,
        groupsOf(network, node.inputs[0]!).flatMap((range) =>
          signs.map((part) => trace.channels(part, range)),
        ),
      );
    }
    case "gate":
      return trace.gate(x, groupsOf(network, node.inputs[0]!));
    case "glu": {
      const groups = groupsOf(network, node.inputs[0]!);
      const half = (first: 0 | 1) =>
        joined(
          trace,
          groups.map(([start, end]) => {
            const middle = (start + end) / 2;
            return trace.channels(x, first === 0 ? [start, middle] : [middle, end]);
          }),
        );
      return trace.multiply(half(0), trace.unary("logistic", half(1)));
    }
    case "batchNorm":
      return batchNorm(node, x, context);
    case "dropout": {
      if (!training || node.rate === 0) return x;
      return trace.multiply(x, training.dropoutMask(index, node.rate, x.shape));
    }
    case "attention":
      return trace.attention(x, inputs[1]!, inputs[2]!, node.heads);
    case "lstm": {
      const { taps, cell, groups } = node;
      const offsets = taps.map(({ dy, dx }) => [dy, dx] as const);
      return trace.lstm(x, parameter(node.weight), { taps: offsets, cell: [cell.dy, cell.dx], groups });
    }
    default:
      return node satisfies never;
  }
}

/** The rows of a table that levels name, [B, H, W, F]: of every picture channel those columns that are its group's. */
function embed({ table, groups }: Embedding, { trace, levels, parameters }: Context): Value {
  const whole = parameters.get(table)!;
  const indices = trace.convert(levels, "s32");
  const shape = levels.shape.slice(0, 3);
  const parts = groups.map((range, group) => {
    const ofChannel = trace.reshape(trace.channels(indices, [group, group + 1]), [size(shape)]);
    const rows = trace.gather(trace.channels(whole, range), ofChannel);
    return trace.reshape(rows, [...shape, rangeSize(range)]);
  });
  return joined(trace, parts);
}

/** [B, H, W, planes] of pictures, or of windows. */
function planesOf(planes: readonly Plane[], { trace, network, levels, window }: Context): Value {
  const { height, width } = network.picture;
  const [batch, rows, columns] = levels.shape as [number, number, number];
  const shape = [batch, rows, columns, 1];
  /** -1 … 1 along an axis of the pictures, of which `count` indices lie in a picture. */
  const along = (axis: 1 | 2, count: number): Value => {
    const indices = trace.iota(shape[axis]!);
    const inPicture = window ? windowIndices(trace, window, indices, axis, shape) : indices;
    const coordinates = trace.shift(
      trace.divide(trace.scale(inPicture, 2), trace.constant(Math.max(1, count - 1), inPicture.shape)),
      -1,
    );
    return window ? coordinates : trace.broadcast(coordinates, shape, [axis]);
  };
  const parts = planes.map((plane) => {
    if (plane === "inside") return trace.constant(1, shape);
    return plane === "row" ? along(1, height) : along(2, width);
  });
  return trace.concatenate(parts, 3);
}

/** Rows or columns of the picture in which the windows' rows or columns lie, `shape`. */
function windowIndices(
  trace: Trace,
  { places, above, left }: InputWindow,
  indices: Value,
  axis: 1 | 2,
  shape: readonly number[],
): Value {
  const batch = shape[0]!;
  const ofPixel = trace.reshape(trace.slice(places!, [0, axis - 1], [batch, axis]), [batch]);
  const around = trace.shift(indices, axis === 1 ? -above : -left);
  return trace.add(trace.broadcast(ofPixel, shape, [0]), trace.broadcast(around, shape, [axis]));
}

function withBias({ bias }: ConvolutionNode, y: Value, { trace, parameters }: Context): Value {
  return bias === undefined ? y : trace.add(y, trace.atEveryPosition(parameters.get(bias)!, y.shape));
}

function offsetsOf({ taps, dilation }: ConvolutionNode) {
  return taps.map(({ dy, dx }) => [dy * dilation, dx * dilation] as const);
}

function groupsOf(network: Network, name: string): readonly ChannelRange[] {
  return network.nodes.find((node) => node.name === name)!.groups;
}

function concatenateByGroup(node: NetworkNode, inputs: readonly Value[], { trace, network }: Context): Value {
  const parts = node.groups.flatMap((_, group) =>
    inputs.map((input, index) => trace.channels(input, groupsOf(network, node.inputs[index]!)[group]!)),
  );
  return joined(trace, parts);
}

/** Channels after channels; parts without any vanish. */
function joined(trace: Trace, parts: readonly Value[]): Value {
  return trace.concatenate(
    parts.filter(({ shape }) => shape[3]! > 0),
    3,
  );
}

function elu(trace: Trace, x: Value): Value {
  const zero = trace.constant(0, x.shape);
  // exp of the negative part alone: exp of a large x is infinite, and its derivative times 0 no number.
  const below = trace.shift(trace.unary("exponential", trace.binary("minimum", x, zero)), -1);
  return trace.select(trace.greater(x, zero), x, below);
}

/** Ioffe & Szegedy 2015, arXiv:1502.03167, algorithms 1 (training) and 2 (inference). */
function batchNorm(node: BatchNorm, x: Value, { trace, parameters, training }: Context): Value {
  const scale = parameters.get(node.scale)!;
  const shift = parameters.get(node.shift)!;
  const spread = (vector: Value): Value => trace.atEveryPosition(vector, x.shape);
  const inverse = (variance: Value) =>
    trace.multiply(scale, trace.unary("reciprocalSquareRoot", trace.shift(variance, node.epsilon)));
  if (!training) {
    const factor = inverse(parameters.get(node.variance)!);
    const rest = trace.subtract(shift, trace.multiply(parameters.get(node.mean)!, factor));
    return trace.add(trace.multiply(x, spread(factor)), spread(rest));
  }
  const positions = x.shape[0]! * x.shape[1]! * x.shape[2]! * training.devices;
  const average = (values: Value): Value => {
    const sum = trace.sum(values, [0, 1, 2]);
    return trace.scale(training.devices > 1 ? trace.sumOverDevices(sum) : sum, 1 / positions);
  };
  const mean = average(x);
  const centred = trace.subtract(x, spread(mean));
  const variance = average(trace.multiply(centred, centred));
  training.batchStatistics(node, mean, variance);
  return trace.add(trace.multiply(centred, spread(inverse(variance))), spread(shift));
}
