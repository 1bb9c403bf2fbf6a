/** Negative log-likelihoods and their gradients. */
import type { GraphWriter, Operand } from "./graph-writer.ts";

/** max(l, 0) + log(1 + e^−|l|) − l·v */
export function writeBernoulliNats(write: GraphWriter, logits: Operand, levels: Operand): Operand {
  const small = write.unary("Neg", write.unary("Abs", logits));
  const rest = write.unary("Log1p", write.unary("Exp", small));
  const sum = write.binary("AddV2", write.unary("Relu", logits), rest);
  return write.binary("Sub", sum, write.binary("Mul", logits, levels));
}

/** (σ(l) − v)·dy */
export function writeBernoulliGradient(
  write: GraphWriter,
  logits: Operand,
  levels: Operand,
  dy: Operand,
): Operand {
  return write.binary("Mul", write.binary("Sub", write.unary("Sigmoid", logits), levels), dy);
}

/** log Σ_k exp l_k − l_v: minus what the logarithm of the softmax has at the level. */
export function writeCategoricalNats(write: GraphWriter, logits: Operand, levels: Operand): Operand {
  const shares = write.unary("LogSoftmax", logits);
  const chosen = write.binary("Mul", shares, oneHot(write, logits, levels));
  return write.unary("Neg", write.reduce("Sum", chosen, [1]));
}

/** (softmax(l) − onehot(v))·dy */
export function writeCategoricalGradient(
  write: GraphWriter,
  logits: Operand,
  levels: Operand,
  dy: Operand,
): Operand {
  const difference = write.binary("Sub", write.unary("Softmax", logits), oneHot(write, logits, levels));
  return write.binary("Mul", difference, write.reshape(dy, [dy.shape[0]!, 1]));
}

function oneHot(write: GraphWriter, { shape }: Operand, levels: Operand): Operand {
  return write.once(`one-hot ${levels.operation} ${levels.index} ${shape[1]}`, () => {
    const indices = write.convert(levels, "s32");
    return write.operation(
      "OneHot",
      [indices, write.constant(shape[1]!, "s32"), write.constant(1), write.constant(0)],
      { shape, type: "f32" },
      { T: { type: "f32" }, TI: { type: "s32" }, axis: { integer: -1 } },
    );
  });
}
