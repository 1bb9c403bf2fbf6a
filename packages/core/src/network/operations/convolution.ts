import { type ConvolutionNode, channelCount, type NetworkNode } from "../graph.ts";
import { rangeSize } from "../groups.ts";
import { type NodeOf, type OperationRules, refuse, type StoredArray, vector } from "../operation.ts";
import { throughReads } from "./through-reads.ts";

/** Farthest that a tap may reach, dilation included. */
const MAX_REACH = 4096;

/** What lies at its taps, of the channel groups that their pairs let through. */
export const convolution: OperationRules<NodeOf<"convolution">> = {
  inputs: 1,
  groups: () => null,
  stores(node, [source]) {
    const shape = [node.taps.length, channelCount(source!), channelCount(node)];
    const allowed = () => allowedWeights(node, source!);
    const weight: StoredArray = { name: node.weight, shape, trainable: true, role: "weight", allowed };
    return node.bias === undefined ? [weight] : [weight, vector(node, node.bias, "bias")];
  },
  check,
  ...throughReads<ConvolutionNode>(({ taps, dilation }) =>
    taps.map(({ dy, dx, pairs }) => ({
      input: 0,
      dy: dy * dilation,
      dx: dx * dilation,
      called: `tap (${dy}, ${dx})`,
      groups: (group) => pairs.filter(([output]) => output === group).map(([, input]) => input),
    })),
  ),
  /** Weights that a mask allows, at positions where the tap lies inside the picture. */
  work({ taps, dilation, groups }, [source], { height, width }) {
    let count = 0;
    for (const { dy, dx, pairs } of taps) {
      const rows = Math.max(0, height - Math.abs(dy * dilation));
      const columns = Math.max(0, width - Math.abs(dx * dilation));
      for (const [output, input] of pairs) {
        count += rows * columns * rangeSize(groups[output]!) * rangeSize(source!.groups[input]!);
      }
    }
    return count;
  },
};

/**
 * Which entries of a convolution's weight tensor its pairs allow, [taps, F_in, F_out] flattened, 1 or 0; null when all are
 * allowed.
 */
export function allowedWeights(convolution: ConvolutionNode, source: NetworkNode): Uint8Array | null {
  const inputs = channelCount(source);
  const outputs = channelCount(convolution);
  const allowed = new Uint8Array(convolution.taps.length * inputs * outputs);
  let count = 0;
  convolution.taps.forEach((tap, t) => {
    for (const [outputGroup, inputGroup] of tap.pairs) {
      const [inputStart, inputEnd] = source.groups[inputGroup]!;
      const [outputStart, outputEnd] = convolution.groups[outputGroup]!;
      for (let i = inputStart; i < inputEnd; i++) {
        const row = (t * inputs + i) * outputs;
        allowed.fill(1, row + outputStart, row + outputEnd);
      }
      count += (inputEnd - inputStart) * (outputEnd - outputStart);
    }
  });
  return count === allowed.length ? null : allowed;
}

function check(
  node: ConvolutionNode,
  _: readonly NetworkNode[],
  { picture }: { readonly picture: { readonly channels: number } },
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
