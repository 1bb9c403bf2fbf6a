/**
 * tanh(a)·σ(b) over the halves of every channel group, and its gradient, for which TensorFlow has operations of tanh's and σ's results:
 *
 *     da = dy·σ(b)·(1 − tanh²a)          db = dy·tanh(a)·σ(b)·(1 − σ(b))
 */
import type { PrimitiveOf } from "@pixelcnn/core/computation";
import type { GraphWriter, Operand } from "./graph-writer.ts";

type Groups = PrimitiveOf<"gate">["groups"];

export function writeGate(write: GraphWriter, x: Operand, groups: Groups): Operand {
  const parts = activations(write, x, groups).map(([t, s]) => write.binary("Mul", t, s));
  return write.concatenate(parts, x.shape.length - 1);
}

export function writeGateGradient(write: GraphWriter, x: Operand, dy: Operand, groups: Groups): Operand {
  const last = x.shape.length - 1;
  let start = 0;
  const parts = activations(write, x, groups).flatMap(([t, s]) => {
    const end = start + t.shape[last]!;
    const d = write.cut(dy, last, start, end);
    start = end;
    return [
      write.binary("TanhGrad", t, write.binary("Mul", d, s)),
      write.binary("SigmoidGrad", s, write.binary("Mul", d, t)),
    ];
  });
  return write.concatenate(parts, last);
}

/** tanh of the first half of every group's channels, σ of the second; the gradient uses those of the gate. */
function activations(write: GraphWriter, x: Operand, groups: Groups): [Operand, Operand][] {
  const last = x.shape.length - 1;
  return groups
    .filter(([start, end]) => end > start)
    .map(([start, end]) => {
      const middle = (start + end) / 2;
      const once = (name: string, from: number, to: number) =>
        write.once(`${name} ${x.operation} ${x.index} ${from} ${to}`, () =>
          write.unary(name, write.cut(x, last, from, to)),
        );
      return [once("Tanh", start, middle), once("Sigmoid", middle, end)];
    });
}
