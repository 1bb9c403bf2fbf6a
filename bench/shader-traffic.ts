import { multiplyAdds, type Network, scheduleOf } from "@pixelcnn/core";

/** Columns of a row that share the weights they read. */
const SHARING_COLUMNS = 4;
const FLOAT_BYTES = 4;

/** Bytes of weights that the shader reads to draw a picture: every multiply-add its own, but for those of row nodes. */
export function trafficBytes(network: Network): number {
  const isRow = new Map(scheduleOf(network).map(({ node, kind }) => [node.name, kind === "row"]));
  const atPositions = multiplyAdds({
    ...network,
    nodes: network.nodes.map((node) =>
      node.op === "convolution" && isRow.get(node.name) ? { ...node, taps: [] } : node,
    ),
  });
  const inRows = multiplyAdds(network) - atPositions;
  return FLOAT_BYTES * (atPositions + inRows / SHARING_COLUMNS);
}
