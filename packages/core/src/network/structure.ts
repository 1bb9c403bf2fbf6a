/**
 * Is this a graph at all? Names, order, channel ranges and operations' own rules, before anything is computed from it.
 * Graphs arrive in model files from anywhere, so nothing is assumed.
 */
import { NetworkError } from "./errors.ts";
import { logitsPerChannel, type Network, type NetworkNode } from "./graph.ts";
import { concatGroups, rangeSize, sameGroups, scaleGroups, splitChannels } from "./groups.ts";

/** Most values that one picture may have (a 2048 × 2048 RGB picture); far beyond what pixel-by-pixel drawing reaches. */
const MAX_DIMENSIONS = 2048 * 2048 * 3;
const MAX_CHANNELS = 65_536;

/** @throws {NetworkError} naming the node and the rule that it breaks. */
export function checkStructure(network: Network): void {
  checkPicture(network);
  const nodes = new Map<string, NetworkNode>();
  const parameters = new Set<string>();
  network.nodes.forEach((node, position) => {
    if (nodes.has(node.name)) fail(node, "a name of its own", `a second node "${node.name}"`);
    if ((node.op === "input") !== (position === 0)) {
      fail(node, "exactly one input node, the first", `${node.op} at position ${position}`);
    }
    checkGroups(node, network.picture.channels);
    const inputs = node.inputs.map((name) => {
      const input = nodes.get(name);
      if (input === undefined) fail(node, "inputs that stand before it", `"${name}"`);
      return input as NetworkNode;
    });
    checkNode(node, inputs, network);
    for (const name of parameterNames(node)) {
      if (parameters.has(name)) fail(node, "parameters of its own", `"${name}", which another node owns`);
      parameters.add(name);
    }
    nodes.set(node.name, node);
  });
  const output = nodes.get(network.output);
  if (output === undefined)
    throw new NetworkError(`expected the output to be a node, got "${network.output}"`);
  const logits = scaleGroups(
    splitChannels(network.picture.channels, network.picture.channels),
    logitsPerChannel(network.picture),
  );
  if (!sameGroups(output.groups, logits)) {
    fail(output, `logits in groups ${JSON.stringify(logits)}`, JSON.stringify(output.groups));
  }
}

function checkPicture({ picture, classes, encoding }: Network): void {
  const { height, width, channels, levels } = picture;
  const rule = (holds: boolean, expected: string, got: unknown) => {
    if (!holds) throw new NetworkError(`expected ${expected}, got ${got}; choose another value`);
  };
  rule(Number.isInteger(height) && height >= 1, "a picture height of at least 1", height);
  rule(Number.isInteger(width) && width >= 1, "a picture width of at least 1", width);
  rule(channels === 1 || channels === 3, "1 or 3 picture channels", channels);
  rule(
    height * width * channels <= MAX_DIMENSIONS,
    `at most ${MAX_DIMENSIONS} values in a picture`,
    `${height}×${width}`,
  );
  rule(Number.isInteger(levels) && levels >= 2 && levels <= 256, "2 to 256 levels", levels);
  rule(
    Number.isInteger(classes) && classes >= 0 && classes <= MAX_CHANNELS,
    "a number of classes of at least 0",
    classes,
  );
  rule(
    Number.isFinite(encoding.scale) && Number.isFinite(encoding.offset),
    "a finite encoding",
    JSON.stringify(encoding),
  );
}

function checkGroups(node: NetworkNode, groupCount: number): void {
  let end = 0;
  const gapless = node.groups.every(([start, stop]) => {
    const follows = start === end && Number.isInteger(stop) && stop >= start;
    end = stop;
    return follows;
  });
  if (node.groups.length !== groupCount || !gapless) {
    fail(node, `${groupCount} channel ranges without gaps`, JSON.stringify(node.groups));
  }
  if (end < 1 || end > MAX_CHANNELS) fail(node, `1 to ${MAX_CHANNELS} channels`, String(end));
}

function checkNode(node: NetworkNode, inputs: readonly NetworkNode[], network: Network): void {
  const arity = node.op === "input" ? 0 : node.op === "add" || node.op === "concat" ? 2 : 1;
  if (arity === 2 ? inputs.length < 2 : inputs.length !== arity) {
    fail(node, `${arity === 2 ? "two or more inputs" : `${arity} input(s)`}`, String(inputs.length));
  }
  const groups = expectedGroups(node, inputs, network);
  if (groups !== null && !sameGroups(node.groups, groups)) {
    fail(node, `channel groups ${JSON.stringify(groups)}`, JSON.stringify(node.groups));
  }
  if (node.op === "add" && !inputs.every((input) => sameGroups(input.groups, node.groups))) {
    fail(node, "inputs with equal channel groups", JSON.stringify(inputs.map((input) => input.groups)));
  }
  if (node.op === "gate" && !inputs[0]!.groups.every((range) => rangeSize(range) % 2 === 0)) {
    fail(node, "an even number of channels in every group", JSON.stringify(inputs[0]!.groups));
  }
  if (node.op === "bias" && node.perClass && network.classes < 1) {
    fail(node, "a network with classes", `${network.classes} classes`);
  }
  if (node.op === "dropout" && !(node.rate >= 0 && node.rate < 1))
    fail(node, "a rate in [0, 1)", String(node.rate));
  if (node.op === "batchNorm" && !(node.epsilon > 0)) fail(node, "a positive epsilon", String(node.epsilon));
  if (node.op === "convolution") checkConvolution(node, network.picture.channels);
}

function expectedGroups(node: NetworkNode, inputs: readonly NetworkNode[], network: Network) {
  switch (node.op) {
    case "input":
      return splitChannels(network.picture.channels, network.picture.channels);
    case "convolution":
      return null;
    case "concat":
      return concatGroups(inputs.map((input) => input.groups));
    case "gate":
      return scaleGroups(inputs[0]!.groups, 0.5);
    default:
      return inputs[0]!.groups;
  }
}

/** Farthest that a tap may reach, dilation included. */
const MAX_REACH = 4096;

function checkConvolution(node: NetworkNode & { op: "convolution" }, groupCount: number): void {
  const { taps, dilation } = node;
  if (!Number.isInteger(dilation) || dilation < 1) fail(node, "a dilation of at least 1", String(dilation));
  if (taps.length < 1) fail(node, "at least one tap", "none");
  const seen = new Set<string>();
  for (const { dy, dx, pairs } of taps) {
    const place = `${dy}, ${dx}`;
    const reach = Math.max(Math.abs(dy), Math.abs(dx)) * dilation;
    if (!Number.isInteger(dy) || !Number.isInteger(dx) || reach > MAX_REACH) {
      fail(node, `taps at whole offsets of at most ${MAX_REACH}`, `(${place})`);
    }
    if (seen.has(place)) fail(node, "one tap for each offset", `(${place}) twice`);
    seen.add(place);
    const named = new Set(pairs.map(String));
    const valid = pairs.every((pair) => pair.every((g) => Number.isInteger(g) && g >= 0 && g < groupCount));
    if (pairs.length === 0 || !valid || named.size !== pairs.length) {
      fail(node, `different pairs of groups 0 to ${groupCount - 1} at tap (${place})`, JSON.stringify(pairs));
    }
  }
}

function parameterNames(node: NetworkNode): string[] {
  switch (node.op) {
    case "convolution":
      return node.bias === undefined ? [node.weight] : [node.weight, node.bias];
    case "bias":
      return [node.bias];
    case "batchNorm":
      return [node.scale, node.shift, node.mean, node.variance];
    default:
      return [];
  }
}

function fail(node: NetworkNode, expected: string, got: string): never {
  throw new NetworkError(`node "${node.name}" (${node.op}): expected ${expected}, got ${got}`);
}
