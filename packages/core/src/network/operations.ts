/** All operations. */
import type { Network, NetworkNode } from "./graph.ts";
import { type NodeOf, type OperationRules, refuse, type StoredArray } from "./operation.ts";
import { elu, relu } from "./operations/activation.ts";
import { add } from "./operations/add.ts";
import { attention } from "./operations/attention.ts";
import { batchNorm } from "./operations/batch-norm.ts";
import { bias } from "./operations/bias.ts";
import { concat } from "./operations/concat.ts";
import { concatElu } from "./operations/concat-elu.ts";
import { convolution } from "./operations/convolution.ts";
import { dropout } from "./operations/dropout.ts";
import { embedding } from "./operations/embedding.ts";
import { gate, glu } from "./operations/gate.ts";
import { input } from "./operations/input.ts";
import { lstm } from "./operations/lstm.ts";
import { planes } from "./operations/planes.ts";

const rules: { readonly [Op in NetworkNode["op"]]: OperationRules<NodeOf<Op>> } = {
  input,
  embedding,
  planes,
  convolution,
  bias,
  add,
  concat,
  relu,
  elu,
  concatElu,
  gate,
  glu,
  batchNorm,
  dropout,
  attention,
  lstm,
};

/** Their names. */
export const operations = Object.keys(rules) as readonly NetworkNode["op"][];

/**
 * The rules of a node's operation.
 *
 * @throws {NetworkError} when there is no such operation.
 */
export function rulesOf(node: NetworkNode): OperationRules<NetworkNode> {
  if (!Object.hasOwn(rules, node.op)) refuse(node, `an operation among ${operations.join(", ")}`, node.op);
  return rules[node.op] as OperationRules<NetworkNode>;
}

/** The arrays that a node stores, in a fixed order. */
export function storedArrays(
  node: NetworkNode,
  inputs: readonly NetworkNode[],
  network: Network,
): StoredArray[] {
  return rulesOf(node).stores?.(node, inputs, network) ?? [];
}
