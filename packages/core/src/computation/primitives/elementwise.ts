/** Element by element: the result has the shape of its inputs, or what the primitive itself says. */
import { alike, mismatch } from "../mismatch.ts";
import type { BinaryKind, UnaryKind } from "../primitive.ts";
import type { DerivativeContext, Rules } from "../rule.ts";
import type { Value } from "../value.ts";

type Names = "constant" | "iota" | "unary" | "binary" | "greater" | "select" | "convert";
type Derivative<Name extends Names> = (context: DerivativeContext<Name>) => readonly (Value | null)[];

/** df/dx · cotangent; null where nothing is differentiated. */
const unaryDerivatives: Record<UnaryKind, Derivative<"unary"> | null> = {
  negate: ({ trace, cotangent }) => [trace.unary("negate", cotangent)],
  exponential: ({ trace, cotangent, output }) => [trace.multiply(cotangent, output)],
  log: ({ trace, cotangent, inputs }) => [trace.divide(cotangent, inputs[0]!)],
  logPlusOne: ({ trace, cotangent, inputs }) => [trace.divide(cotangent, trace.shift(inputs[0]!, 1))],
  squareRoot: ({ trace, cotangent, output }) => [trace.divide(trace.scale(cotangent, 0.5), output)],
  // d x^(-1/2) = -½ x^(-3/2) = -½ y³
  reciprocalSquareRoot: ({ trace, cotangent, output }) => {
    const cube = trace.multiply(output, trace.multiply(output, output));
    return [trace.multiply(trace.scale(cotangent, -0.5), cube)];
  },
  tanh: ({ trace, cotangent, output }) => {
    const slope = trace.shift(trace.unary("negate", trace.multiply(output, output)), 1);
    return [trace.multiply(cotangent, slope)];
  },
  logistic: ({ trace, cotangent, output }) => {
    const slope = trace.multiply(output, trace.shift(trace.unary("negate", output), 1));
    return [trace.multiply(cotangent, slope)];
  },
  absolute: ({ trace, cotangent, inputs: [x] }) => {
    const positive = trace.greater(x!, trace.constant(0, x!.shape));
    return [trace.select(positive, cotangent, trace.unary("negate", cotangent))];
  },
  isFinite: null,
};

const binaryDerivatives: Record<BinaryKind, Derivative<"binary"> | null> = {
  add: ({ cotangent }) => [cotangent, cotangent],
  subtract: ({ trace, cotangent, wanted }) => [
    cotangent,
    wanted[1] ? trace.unary("negate", cotangent) : null,
  ],
  multiply: ({ trace, cotangent, inputs: [x, y], wanted }) => [
    wanted[0] ? trace.multiply(cotangent, y!) : null,
    wanted[1] ? trace.multiply(cotangent, x!) : null,
  ],
  divide: ({ trace, cotangent, inputs: [, y], output, wanted }) => {
    const share = trace.divide(cotangent, y!);
    return [share, wanted[1] ? trace.unary("negate", trace.multiply(share, output)) : null];
  },
  // At equal inputs the second takes all: relu's derivative at 0 is 0.
  maximum: (context) => chosen(context, context.inputs[0]!, context.inputs[1]!),
  minimum: (context) => chosen(context, context.inputs[1]!, context.inputs[0]!),
  and: null,
};

/** The cotangent goes to the first input where `larger` > `smaller`, else to the second. */
function chosen(
  { trace, cotangent, wanted }: DerivativeContext<"binary">,
  larger: Value,
  smaller: Value,
): readonly (Value | null)[] {
  const first = trace.greater(larger, smaller);
  const zero = trace.constant(0, cotangent.shape);
  return [
    wanted[0] ? trace.select(first, cotangent, zero) : null,
    wanted[1] ? trace.select(first, zero, cotangent) : null,
  ];
}

export const elementwiseRules: { readonly [Name in Names]: Rules<Name> } = {
  constant: { infer: ({ shape, type }) => ({ shape, type }) },
  iota: { infer: ({ length }) => ({ shape: [length], type: "f32" }) },
  unary: {
    infer({ kind }, inputs) {
      const [x] = inputs;
      if (x?.type !== "f32") mismatch(kind, "one f32 array", inputs);
      return { shape: x.shape, type: kind === "isFinite" ? "bool" : "f32" };
    },
    derive: (context) => unaryDerivatives[context.primitive.kind]?.(context) ?? [],
  },
  binary: {
    infer({ kind }, inputs) {
      const [x, y] = inputs;
      if (!x || !y || !alike(x, y) || (kind === "and") !== (x.type === "bool")) {
        mismatch(kind, "two arrays of one shape and type", inputs);
      }
      return { shape: x.shape, type: x.type };
    },
    derive: (context) => binaryDerivatives[context.primitive.kind]?.(context) ?? [],
  },
  greater: {
    infer(_, inputs) {
      const [x, y] = inputs;
      if (!x || !y || !alike(x, y)) mismatch("greater", "two arrays of one shape and type", inputs);
      return { shape: x.shape, type: "bool" };
    },
  },
  select: {
    infer(_, inputs) {
      const [condition, x, y] = inputs;
      const fits = condition?.type === "bool" && x && y && alike(x, y);
      if (!fits || (condition.shape.length > 0 && String(condition.shape) !== String(x.shape))) {
        mismatch("select", "a condition and two arrays of its shape", inputs);
      }
      return { shape: x.shape, type: x.type };
    },
    derive({ trace, inputs: [condition], cotangent, wanted }) {
      const zero = trace.constant(0, cotangent.shape);
      return [
        null,
        wanted[1] ? trace.select(condition!, cotangent, zero) : null,
        wanted[2] ? trace.select(condition!, zero, cotangent) : null,
      ];
    },
  },
  convert: { infer: ({ type }, [x]) => ({ shape: x!.shape, type }) },
};
