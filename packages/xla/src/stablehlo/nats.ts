/** Negative log-likelihoods and their gradients. */
import type { ModuleWriter, Operand } from "./module-writer.ts";

/** max(l, 0) + log(1 + e^−|l|) − l·v */
export function writeBernoulliNats(write: ModuleWriter, logits: Operand, levels: Operand): Operand {
  const positive = write.elementwise("maximum", logits, write.constant(0, logits.shape));
  const small = write.elementwise("negate", write.elementwise("abs", logits));
  const rest = write.elementwise("log_plus_one", write.elementwise("exponential", small));
  const chosen = write.elementwise("multiply", logits, levels);
  return write.elementwise("subtract", write.elementwise("add", positive, rest), chosen);
}

/** (σ(l) − v)·dy */
export function writeBernoulliGradient(
  write: ModuleWriter,
  logits: Operand,
  levels: Operand,
  dy: Operand,
): Operand {
  const difference = write.elementwise("subtract", write.elementwise("logistic", logits), levels);
  return write.elementwise("multiply", difference, dy);
}

/** max + log Σ_k e^(l_k − max) − l_v */
export function writeCategoricalNats(write: ModuleWriter, logits: Operand, levels: Operand): Operand {
  const { largest, powers } = shifted(write, logits);
  const sum = write.elementwise("log", write.reduce("add", powers, [1]));
  const chosen = write.select(isLevel(write, logits, levels), logits, write.constant(0, logits.shape));
  return write.elementwise(
    "subtract",
    write.elementwise("add", largest, sum),
    write.reduce("add", chosen, [1]),
  );
}

/** (softmax(l) − onehot(v))·dy */
export function writeCategoricalGradient(
  write: ModuleWriter,
  logits: Operand,
  levels: Operand,
  dy: Operand,
): Operand {
  const { powers } = shifted(write, logits);
  const { shape } = logits;
  const sums = write.broadcast(write.reduce("add", powers, [1]), shape, [0]);
  const shares = write.elementwise("divide", powers, sums);
  const chosen = write.convert(isLevel(write, logits, levels), "f32");
  const difference = write.elementwise("subtract", shares, chosen);
  return write.elementwise("multiply", difference, write.broadcast(dy, shape, [0]));
}

function shifted(write: ModuleWriter, logits: Operand): { largest: Operand; powers: Operand } {
  const largest = write.reduce("maximum", logits, [1]);
  const above = write.elementwise("subtract", logits, write.broadcast(largest, logits.shape, [0]));
  return { largest, powers: write.elementwise("exponential", above) };
}

function isLevel(write: ModuleWriter, { shape }: Operand, levels: Operand): Operand {
  return write.compare("EQ", write.iota(shape, 1, "f32"), write.broadcast(levels, shape, [0]));
}
