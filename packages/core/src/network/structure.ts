/**
 * Is this a graph at all? Names, order and channel ranges, and what every operation asks of its node (operations/), before
 * anything is computed from it. Graphs arrive in model files from anywhere, so nothing is assumed.
 */

import { NetworkError } from "../errors.ts";
import { likelihoodOf, logitGroups } from "../likelihoods/likelihoods.ts";
import type { Network, NetworkNode } from "./graph.ts";
import { sameGroups } from "./groups.ts";
import { refuse } from "./operation.ts";
import { rulesOf, storedArrays } from "./operations.ts";

/** Most values that one picture may have (a 2048 × 2048 RGB picture); far beyond what pixel-by-pixel drawing reaches. */
export const MAX_DIMENSIONS = 2048 * 2048 * 3;
const MAX_CHANNELS = 65_536;
/** 16 bits a value. */
const MAX_LEVELS = 65_536;
/** Most components of a mixture; ten are usual. */
const MAX_COMPONENTS = 256;
/** Largest scale and offset: values of any level stay numbers that float32 holds and multiplies without a thought. */
const MAX_ENCODING = 65_536;

/** @throws {NetworkError} naming the node and the rule that it breaks. */
export function checkStructure(network: Network): void {
  checkPicture(network);
  const nodes = new Map<string, NetworkNode>();
  const parameters = new Set<string>();
  network.nodes.forEach((node, position) => {
    if (nodes.has(node.name)) refuse(node, "a name of its own", `a second node "${node.name}"`);
    if ((node.op === "input") !== (position === 0)) {
      refuse(node, "exactly one input node, the first", `${node.op} at position ${position}`);
    }
    const inputs = node.inputs.map((name) => {
      const input = nodes.get(name);
      if (input === undefined) refuse(node, "inputs that stand before it", `"${name}"`);
      return input as NetworkNode;
    });
    checkNode(node, inputs, network);
    for (const { name } of storedArrays(node, inputs, network)) {
      if (parameters.has(name)) refuse(node, "parameters of its own", `"${name}", which another node owns`);
      parameters.add(name);
    }
    nodes.set(node.name, node);
  });
  const output = nodes.get(network.output);
  if (output === undefined)
    throw new NetworkError(`expected the output to be a node, got "${network.output}"`);
  const logits = logitGroups(network);
  if (!sameGroups(output.groups, logits)) {
    refuse(output, `logits in groups ${JSON.stringify(logits)}`, JSON.stringify(output.groups));
  }
}

function checkPicture({ picture, classes, encoding, likelihood }: Network): void {
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
  rule(Number.isInteger(levels) && levels >= 2 && levels <= MAX_LEVELS, `2 to ${MAX_LEVELS} levels`, levels);
  if (likelihood?.kind === "mixture") {
    const { components } = likelihood;
    const isCount = Number.isInteger(components) && components >= 1 && components <= MAX_COMPONENTS;
    rule(isCount, `a mixture of 1 to ${MAX_COMPONENTS} components`, components);
  } else if (likelihood !== undefined) {
    const asked = likelihoodOf({ picture }).kind;
    rule(likelihood.kind === asked, `likelihood ${asked} or mixture for ${levels} levels`, likelihood.kind);
  }
  rule(
    Number.isInteger(classes) && classes >= 0 && classes <= MAX_CHANNELS,
    "a number of classes of at least 0",
    classes,
  );
  const { scale, offset } = encoding;
  rule(
    scale !== 0 && Math.abs(scale) <= MAX_ENCODING && Math.abs(offset) <= MAX_ENCODING,
    `an encoding with numbers of at most ${MAX_ENCODING} and a scale other than 0`,
    `${scale} and ${offset}`,
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
    refuse(node, `${groupCount} channel ranges without gaps`, JSON.stringify(node.groups));
  }
  if (end < 1 || end > MAX_CHANNELS) refuse(node, `1 to ${MAX_CHANNELS} channels`, String(end));
}

function checkNode(node: NetworkNode, inputs: readonly NetworkNode[], network: Network): void {
  const { inputs: arity, groups: expected, check } = rulesOf(node);
  if (arity === "several" ? inputs.length < 2 : inputs.length !== arity) {
    refuse(node, arity === "several" ? "two or more inputs" : `${arity} input(s)`, String(inputs.length));
  }
  // Before the groups, since a gate halves those of its input and would expect half a channel.
  check?.(node, inputs, network);
  checkGroups(node, network.picture.channels);
  const groups = expected(inputs, network);
  if (groups !== null && !sameGroups(node.groups, groups)) {
    refuse(node, `channel groups ${JSON.stringify(groups)}`, JSON.stringify(node.groups));
  }
}
