/**
 * What one pixel's logits are computed from, where that is a small window of the picture itself: every convolution that looks at a neighbour reads
 * something that each pixel makes of itself alone. Then a network can be trained on single pixels of many pictures instead of all pixels of a few, and
 * neighbours in a batch have nothing in common.
 */
import { NetworkError } from "../errors.ts";
import type { ConvolutionNode, Network, NetworkNode } from "./graph.ts";
import { oncePer } from "./once-per.ts";
import type { Read } from "./operation.ts";
import { rulesOf } from "./operations.ts";

/** A window around a pixel: rows above it, and columns on either side. No row lies below. */
export interface Window {
  readonly above: number;
  readonly left: number;
  readonly right: number;
}

/** Height and width of a window. */
export function windowSize({ above, left, right }: Window): readonly [height: number, width: number] {
  return [above + 1, left + 1 + right];
}

/** Whether a node looks at a neighbour. */
export function looksAround(node: NetworkNode): node is ConvolutionNode {
  return node.op === "convolution" && node.taps.some(({ dy, dx }) => dy !== 0 || dx !== 0);
}

/**
 * The window of a network.
 *
 * @throws {NetworkError} when a convolution looks at neighbours that know neighbours themselves, or that differ from step to step.
 */
export const windowOf = oncePer(({ nodes, picture }: Network): Window => {
  /** Nodes that every pixel makes of itself alone, the same at every step. */
  const own = new Set<string>();
  let window: Window = { above: 0, left: 0, right: 0 };
  for (const node of nodes) {
    const { reads: readsOf, readsOwn } = rulesOf(node);
    const reads = readsOf(node, picture);
    if ((readsOwn?.(node) ?? []).length > 0) refuse(node.name, "itself");
    const neighbour = reads.find(({ dy, dx }) => dy !== 0 || dx !== 0);
    if (neighbour === undefined) {
      if (isPlain(node) && node.inputs.every((input) => own.has(input))) own.add(node.name);
      continue;
    }
    const source = node.inputs[neighbour.input]!;
    if (!looksAround(node) || !own.has(source)) {
      refuse(node.name, `"${source}"`);
    }
    window = widen(window, reads);
  }
  return window;
});

function refuse(node: string, source: string): never {
  throw new NetworkError(
    `to train on pixels: expected neighbours to be read from the picture itself, but "${node}" reads those of ${source}; train on pictures`,
  );
}

/** Noise and statistics of the batch would not be those of whole pictures. */
function isPlain({ op }: NetworkNode): boolean {
  return op !== "dropout" && op !== "batchNorm";
}

function widen({ above, left, right }: Window, reads: readonly Read[]): Window {
  return {
    above: Math.max(above, ...reads.map(({ dy }) => -dy)),
    left: Math.max(left, ...reads.map(({ dx }) => -dx)),
    right: Math.max(right, ...reads.map(({ dx }) => dx)),
  };
}
