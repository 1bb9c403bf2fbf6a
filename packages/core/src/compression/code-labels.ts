/** Class labels, of which a file of pictures tells nothing: by how often each has come. */
import { AdaptiveCounts } from "./adaptive-counts.ts";
import type { SymbolCoder } from "./symbol-coder.ts";

/** Codes the labels 0 … classes − 1 of one picture after another. @param labels read, or written to. */
export function codeLabels(coder: SymbolCoder, labels: Int32Array, classes: number): void {
  const counts = new AdaptiveCounts(classes);
  for (let i = 0; i < labels.length; i++) labels[i] = counts.code(coder, labels[i]!);
}
