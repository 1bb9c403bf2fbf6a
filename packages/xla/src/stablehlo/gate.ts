/** tanh(a)·σ(b) over the halves of every channel group, and its gradient. */
import type { PrimitiveOf } from "@pixelcnn/core/computation";
import type { ModuleWriter, Operand } from "./module-writer.ts";

type Groups = PrimitiveOf<"gate">["groups"];

export function writeGate(write: ModuleWriter, x: Operand, groups: Groups): Operand {
  const parts = halves(write, x, groups).map(({ a, b }) =>
    write.elementwise("multiply", write.elementwise("tanh", a), write.elementwise("logistic", b)),
  );
  return write.concatenate(parts, x.shape.length - 1);
}

/** da = dy·σ(b)·(1 − tanh²a), db = dy·tanh(a)·σ(b)·(1 − σ(b)) */
export function writeGateGradient(write: ModuleWriter, x: Operand, dy: Operand, groups: Groups): Operand {
  const last = x.shape.length - 1;
  let start = 0;
  const parts = halves(write, x, groups).flatMap(({ a, b }) => {
    const d = write.cut(dy, last, start, start + a.shape[last]!);
    start += a.shape[last]!;
    const one = write.constant(1, a.shape);
    const t = write.elementwise("tanh", a);
    const s = write.elementwise("logistic", b);
    const slopeA = write.elementwise("subtract", one, write.elementwise("multiply", t, t));
    const slopeB = write.elementwise("multiply", s, write.elementwise("subtract", one, s));
    return [
      write.elementwise("multiply", d, write.elementwise("multiply", s, slopeA)),
      write.elementwise("multiply", d, write.elementwise("multiply", t, slopeB)),
    ];
  });
  return write.concatenate(parts, last);
}

function halves(write: ModuleWriter, x: Operand, groups: Groups): { a: Operand; b: Operand }[] {
  const last = x.shape.length - 1;
  return groups
    .filter(([start, end]) => end > start)
    .map(([start, end]) => {
      const middle = (start + end) / 2;
      return { a: write.cut(x, last, start, middle), b: write.cut(x, last, middle, end) };
    });
}
