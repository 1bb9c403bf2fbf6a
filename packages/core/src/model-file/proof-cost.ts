/**
 * How much work it is to prove a graph causal. A stranger's file may ask for minutes of it in a few kilobytes, so the work is
 * counted before it is begun.
 *
 *     steps = (2H - 1)·(2W - 1)·C · Σ over nodes: inputs, or taps × pairs of a convolution
 */
import type { Network } from "../network/graph.ts";
import { ModelFileError } from "./model-file-error.ts";

/** Some seconds. A deep gated model on 64×64 RGB pictures asks for 4·10⁸. */
const MAX_STEPS = 2 ** 29;

/** @throws {ModelFileError} before a graph is analysed that would take too long. */
export function checkProofCost({ picture, nodes }: Network): void {
  const cells = picture.channels * (2 * picture.height - 1) * (2 * picture.width - 1);
  const unions = nodes.reduce(
    (sum, node) =>
      sum +
      (node.op === "convolution"
        ? node.taps.reduce((count, tap) => count + tap.pairs.length, 0)
        : Math.max(1, node.inputs.length * picture.channels)),
    0,
  );
  if (cells * unions > MAX_STEPS) {
    throw new ModelFileError(
      `expected a graph that ${MAX_STEPS} steps prove causal, got one of ${nodes.length} nodes on ` +
        `${picture.height}×${picture.width} pictures that takes ${cells * unions}; use fewer nodes or taps, or smaller pictures`,
    );
  }
}
