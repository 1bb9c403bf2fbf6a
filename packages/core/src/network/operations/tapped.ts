/** What operations with weights at taps have in common: which taps there may be, and which weights their pairs of channel groups allow. */
import type { ConvolutionNode, LstmNode, NetworkNode } from "../graph.ts";
import { refuse } from "../operation.ts";

/** Farthest that a tap may reach, dilation included. */
export const MAX_REACH = 4096;

/** A node with weights at taps: a convolution reads its source there, an LSTM cell itself, for gates that lie as its source's channels do. */
export type TappedNode = ConvolutionNode | LstmNode;

/**
 * Which entries of a node's weight tensor its pairs allow, [taps, F_in, F_out] flattened, 1 or 0; null when all are
 * allowed.
 */
export function allowedWeights(node: TappedNode, source: NetworkNode): Uint8Array | null {
  const { taps } = node;
  const isOwn = node.op === "lstm";
  const inputs = (isOwn ? node : source).groups;
  const outputs = (isOwn ? source : node).groups;
  const from = inputs.at(-1)![1];
  const to = outputs.at(-1)![1];
  const allowed = new Uint8Array(taps.length * from * to);
  let count = 0;
  taps.forEach((tap, t) => {
    for (const [outputGroup, inputGroup] of tap.pairs) {
      const [inputStart, inputEnd] = inputs[inputGroup]!;
      const [outputStart, outputEnd] = outputs[outputGroup]!;
      for (let i = inputStart; i < inputEnd; i++) {
        const row = (t * from + i) * to;
        allowed.fill(1, row + outputStart, row + outputEnd);
      }
      count += (inputEnd - inputStart) * (outputEnd - outputStart);
    }
  });
  return count === allowed.length ? null : allowed;
}

/** @throws {NetworkError} when there is none, or one that is no tap. */
export function checkTaps(node: TappedNode, dilation: number, groupCount: number): void {
  const { taps } = node;
  if (taps.length < 1) refuse(node, "at least one tap", "none");
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
