/**
 * Sums over some axes. What the gradient of a bias is made of, the sum over all positions of all pictures, is made of the sum over every picture's where
 * that is asked for too, and otherwise an operation of its own.
 */
import type { GraphWriter, Operand } from "./graph-writer.ts";

export function writeSum(write: GraphWriter, x: Operand, axes: readonly number[]): Operand {
  const sum = (of: readonly number[]) => write.once(sumKey(x, of), () => write.reduce("Sum", x, of));
  const last = x.shape.length - 1;
  const isOfChannels = last > 0 && axes.length === last && !axes.includes(last);
  if (!isOfChannels) return sum(axes);
  const ofPictures = axes.slice(1);
  if (write.knows(sumKey(x, ofPictures))) return write.reduce("Sum", sum(ofPictures), [0]);
  return write.operation("BiasAddGrad", [x], { shape: [x.shape[last]!], type: x.type });
}

function sumKey({ operation, index }: Operand, axes: readonly number[]): string {
  return `sum ${operation} ${index} [${axes}]`;
}
