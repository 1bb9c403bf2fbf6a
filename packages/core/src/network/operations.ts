/**
 * What each operation asks of its node, before anything is computed: how many inputs, which channel groups come out, which
 * arrays it stores, and rules of its own. One entry per operation; what it computes is every reader's own business.
 */
import { NetworkError } from "../errors.ts";
import { type ChannelRange, channelCount, type Network, type NetworkNode } from "./graph.ts";
import { concatGroups, rangeSize, sameGroups, scaleGroups, splitChannels } from "./groups.ts";

/** An array of numbers that a node stores under a name. */
export interface StoredArray {
  readonly name: string;
  readonly shape: readonly number[];
  /** False for the running statistics of batch norm. */
  readonly trainable: boolean;
  /** What it does in its node, for initialisation. */
  readonly role: "weight" | "bias" | "scale" | "mean" | "variance";
}

type NodeOf<Op extends NetworkNode["op"]> = NetworkNode & { readonly op: Op };

interface Rules<N extends NetworkNode> {
  readonly inputs: 0 | 1 | "several";
  /** Channel groups of the result; null where the node itself says. */
  groups(inputs: readonly NetworkNode[], network: Network): readonly ChannelRange[] | null;
  /** The arrays that it stores; none when left out. Called with a node that keeps all other rules. */
  stores?(node: N, inputs: readonly NetworkNode[], network: Network): StoredArray[];
  /** @throws {NetworkError} by {@link refuse} when the node breaks a rule that only this operation has. */
  check?(node: N, inputs: readonly NetworkNode[], network: Network): void;
}

const sameAsInput = ([input]: readonly NetworkNode[]) => input!.groups;

const rules: { readonly [Op in NetworkNode["op"]]: Rules<NodeOf<Op>> } = {
  input: {
    inputs: 0,
    groups: (_, { picture }) => splitChannels(picture.channels, picture.channels),
  },
  convolution: {
    inputs: 1,
    groups: () => null,
    stores(node, [source]) {
      const shape = [node.taps.length, channelCount(source!), channelCount(node)];
      const weight: StoredArray = { name: node.weight, shape, trainable: true, role: "weight" };
      return node.bias === undefined ? [weight] : [weight, vector(node, node.bias, "bias")];
    },
    check: checkConvolution,
  },
  bias: {
    inputs: 1,
    groups: sameAsInput,
    stores(node, _, { classes }) {
      const bias = vector(node, node.bias, "bias");
      return [node.perClass ? { ...bias, shape: [classes, ...bias.shape] } : bias];
    },
    check(node, _, { classes }) {
      if (node.perClass && classes < 1) refuse(node, "a network with classes", `${classes} classes`);
    },
  },
  add: {
    inputs: "several",
    groups: sameAsInput,
    check(node, inputs) {
      if (inputs.every(({ groups }) => sameGroups(groups, node.groups))) return;
      refuse(node, "inputs with equal channel groups", JSON.stringify(inputs.map(({ groups }) => groups)));
    },
  },
  concat: {
    inputs: "several",
    groups: (inputs) => concatGroups(inputs.map(({ groups }) => groups)),
  },
  relu: { inputs: 1, groups: sameAsInput },
  elu: { inputs: 1, groups: sameAsInput },
  gate: {
    inputs: 1,
    groups: ([input]) => scaleGroups(input!.groups, 0.5),
    check(node, [input]) {
      if (input!.groups.every((range) => rangeSize(range) % 2 === 0)) return;
      refuse(node, "an even number of channels in every group", JSON.stringify(input!.groups));
    },
  },
  batchNorm: {
    inputs: 1,
    groups: sameAsInput,
    stores: (node) => [
      vector(node, node.scale, "scale"),
      vector(node, node.shift, "bias"),
      vector(node, node.mean, "mean", false),
      vector(node, node.variance, "variance", false),
    ],
    check(node) {
      if (!(node.epsilon > 0)) refuse(node, "a positive epsilon", String(node.epsilon));
    },
  },
  dropout: {
    inputs: 1,
    groups: sameAsInput,
    check(node) {
      if (!(node.rate >= 0 && node.rate < 1)) refuse(node, "a rate in [0, 1)", String(node.rate));
    },
  },
};

/** All operations. */
export const operations = Object.keys(rules) as readonly NetworkNode["op"][];

/**
 * The rules of a node's operation.
 *
 * @throws {NetworkError} when there is no such operation.
 */
export function rulesOf(node: NetworkNode): Rules<NetworkNode> {
  if (!Object.hasOwn(rules, node.op)) refuse(node, `an operation among ${operations.join(", ")}`, node.op);
  return rules[node.op] as Rules<NetworkNode>;
}

/** The arrays that a node stores, in a fixed order. */
export function storedArrays(
  node: NetworkNode,
  inputs: readonly NetworkNode[],
  network: Network,
): StoredArray[] {
  return rulesOf(node).stores?.(node, inputs, network) ?? [];
}

/** @throws {NetworkError} always: the node, what was expected of it, and what it is. */
export function refuse(node: NetworkNode, expected: string, got: string): never {
  throw new NetworkError(`node "${node.name}" (${node.op}): expected ${expected}, got ${got}`);
}

function vector(node: NetworkNode, name: string, role: StoredArray["role"], trainable = true): StoredArray {
  return { name, shape: [channelCount(node)], trainable, role };
}

/** Farthest that a tap may reach, dilation included. */
const MAX_REACH = 4096;

function checkConvolution(
  node: NodeOf<"convolution">,
  _: readonly NetworkNode[],
  { picture }: Network,
): void {
  const { taps, dilation } = node;
  if (!Number.isInteger(dilation) || dilation < 1) refuse(node, "a dilation of at least 1", String(dilation));
  if (taps.length < 1) refuse(node, "at least one tap", "none");
  const groupCount = picture.channels;
  const seen = new Set<string>();
  for (const { dy, dx, pairs } of taps) {
    const place = `${dy}, ${dx}`;
    const reach = Math.max(Math.abs(dy), Math.abs(dx)) * dilation;
    if (!Number.isInteger(dy) || !Number.isInteger(dx) || reach > MAX_REACH) {
      refuse(node, `taps at whole offsets of at most ${MAX_REACH}`, `(${place})`);
    }
    if (seen.has(place)) refuse(node, "one tap for each offset", `(${place}) twice`);
    seen.add(place);
    const named = new Set(pairs.map(String));
    const valid = pairs.every((pair) => pair.every((g) => Number.isInteger(g) && g >= 0 && g < groupCount));
    if (pairs.length === 0 || !valid || named.size !== pairs.length) {
      refuse(
        node,
        `different pairs of groups 0 to ${groupCount - 1} at tap (${place})`,
        JSON.stringify(pairs),
      );
    }
  }
}
