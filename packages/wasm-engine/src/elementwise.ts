/**
 * Element by element. An input that repeats itself is read over and over; the loops are written out because a function that is handed to one loop for all
 * kinds would be called for every element.
 */
import type { BinaryKind, OperationOf, PrimitiveOf, UnaryKind } from "@pixelcnn/core/computation";
import type { Machine } from "./machine.ts";
import { addressOf, type Place } from "./place.ts";

type Loop = (f: Float32Array, n: number, x: number, y: number, out: number) => void;

/** x and y as long as each other. */
const pairwise: Record<Exclude<BinaryKind, "and">, Loop> = {
  add(f, n, x, y, out) {
    for (let i = 0; i < n; i++) f[out + i] = f[x + i]! + f[y + i]!;
  },
  subtract(f, n, x, y, out) {
    for (let i = 0; i < n; i++) f[out + i] = f[x + i]! - f[y + i]!;
  },
  multiply(f, n, x, y, out) {
    for (let i = 0; i < n; i++) f[out + i] = f[x + i]! * f[y + i]!;
  },
  divide(f, n, x, y, out) {
    for (let i = 0; i < n; i++) f[out + i] = f[x + i]! / f[y + i]!;
  },
  maximum(f, n, x, y, out) {
    for (let i = 0; i < n; i++) f[out + i] = Math.max(f[x + i]!, f[y + i]!);
  },
  minimum(f, n, x, y, out) {
    for (let i = 0; i < n; i++) f[out + i] = Math.min(f[x + i]!, f[y + i]!);
  },
};

/** y is one number. */
const withNumber: Record<Exclude<BinaryKind, "and">, Loop> = {
  add(f, n, x, y, out) {
    const number = f[y]!;
    for (let i = 0; i < n; i++) f[out + i] = f[x + i]! + number;
  },
  subtract(f, n, x, y, out) {
    const number = f[y]!;
    for (let i = 0; i < n; i++) f[out + i] = f[x + i]! - number;
  },
  multiply(f, n, x, y, out) {
    const number = f[y]!;
    for (let i = 0; i < n; i++) f[out + i] = f[x + i]! * number;
  },
  divide(f, n, x, y, out) {
    const number = f[y]!;
    for (let i = 0; i < n; i++) f[out + i] = f[x + i]! / number;
  },
  maximum(f, n, x, y, out) {
    const number = f[y]!;
    for (let i = 0; i < n; i++) f[out + i] = Math.max(f[x + i]!, number);
  },
  minimum(f, n, x, y, out) {
    const number = f[y]!;
    for (let i = 0; i < n; i++) f[out + i] = Math.min(f[x + i]!, number);
  },
};

export function writeBinary(
  { heap }: Machine,
  { kind }: PrimitiveOf<"binary">,
  [x, y]: readonly Place[],
  out: Place,
): () => void {
  const n = out.stored;
  if (kind === "and") {
    return () => {
      const w = heap.words;
      for (let i = 0; i < n; i++) w[out.at + i] = w[x!.at + (i % x!.stored)]! & w[y!.at + (i % y!.stored)]!;
    };
  }
  if (y!.stored === 1 && x!.stored === n) {
    const loop = withNumber[kind];
    return () => loop(heap.floats, n, x!.at, y!.at, out.at);
  }
  // Runs as long as what repeats itself soonest; the other is walked through.
  const run = Math.min(x!.stored, y!.stored);
  const loop = pairwise[kind];
  return () => {
    const f = heap.floats;
    for (let i = 0; i < n; i += run) {
      loop(f, run, x!.at + (i % x!.stored), y!.at + (i % y!.stored), out.at + i);
    }
  };
}

const unary: Record<Exclude<UnaryKind, "isFinite" | "exponential" | "tanh">, (x: number) => number> = {
  negate: (x) => -x,
  log: Math.log,
  logPlusOne: Math.log1p,
  squareRoot: Math.sqrt,
  reciprocalSquareRoot: (x) => 1 / Math.sqrt(x),
  logistic: (x) => 1 / (1 + Math.exp(-x)),
  absolute: Math.abs,
};

export function writeUnary(
  { heap, functions }: Machine,
  { kind }: PrimitiveOf<"unary">,
  [x]: readonly Place[],
  y: Place,
): () => void {
  const n = y.stored;
  switch (kind) {
    case "exponential":
      return () => functions.exp(addressOf(x!), addressOf(y), n);
    case "tanh":
      return () => functions.tanh(addressOf(x!), addressOf(y), n);
    case "isFinite":
      return () => {
        for (let i = 0; i < n; i++)
          heap.integers[y.at + i] = Number.isFinite(heap.floats[x!.at + i]!) ? 1 : 0;
      };
    case "squareRoot":
      // Of every weight in every step.
      return () => {
        const f = heap.floats;
        for (let i = 0; i < n; i++) f[y.at + i] = Math.sqrt(f[x!.at + i]!);
      };
    default: {
      const compute = unary[kind];
      return () => {
        const f = heap.floats;
        for (let i = 0; i < n; i++) f[y.at + i] = compute(f[x!.at + i]!);
      };
    }
  }
}

export function writeGreater(
  { heap }: Machine,
  _: PrimitiveOf<"greater">,
  [x, y]: readonly Place[],
  out: Place,
): () => void {
  return () => {
    const { floats, integers } = heap;
    const numbers = x!.value.type === "f32" ? floats : integers;
    for (let i = 0; i < out.stored; i++) {
      integers[out.at + i] = numbers[x!.at + (i % x!.stored)]! > numbers[y!.at + (i % y!.stored)]! ? 1 : 0;
    }
  };
}

/** Copies the numbers as they are, whatever their type. */
export function writeSelect(
  { heap }: Machine,
  _: PrimitiveOf<"select">,
  [condition, x, y]: readonly Place[],
  out: Place,
): () => void {
  const n = out.stored;
  if (condition!.stored === 1 && x!.stored === n && y!.stored === n) {
    return () => {
      const from = heap.words[condition!.at] === 0 ? y!.at : x!.at;
      heap.words.copyWithin(out.at, from, from + n);
    };
  }
  return () => {
    const w = heap.words;
    for (let i = 0; i < n; i++) {
      const chosen = w[condition!.at + (i % condition!.stored)] === 0 ? y! : x!;
      w[out.at + i] = w[chosen.at + (i % chosen.stored)]!;
    }
  };
}

export function writeConvert(
  { heap }: Machine,
  { type }: PrimitiveOf<"convert">,
  [x]: readonly Place[],
  y: Place,
): () => void {
  return () => {
    const from = x!.value.type === "f32" ? heap.floats : x!.value.type === "u32" ? heap.words : heap.integers;
    const to = type === "f32" ? heap.floats : type === "u32" ? heap.words : heap.integers;
    for (let i = 0; i < y.stored; i++) {
      const number = from[x!.at + i]!;
      to[y.at + i] = type === "bool" ? Number(number !== 0) : number;
    }
  };
}

export function writeRelu(
  { functions }: Machine,
  _: OperationOf<"relu">,
  [x]: readonly Place[],
  y: Place,
): () => void {
  return () => functions.relu(addressOf(x!), addressOf(y), y.stored);
}

/** x where it is positive, else eˣ − 1. */
export function writeElu(
  { heap, functions }: Machine,
  _: OperationOf<"elu">,
  [x]: readonly Place[],
  y: Place,
): () => void {
  return () => {
    functions.expm1(addressOf(x!), addressOf(y), y.stored);
    const f = heap.floats;
    for (let i = 0; i < y.stored; i++) {
      const number = f[x!.at + i]!;
      if (number > 0) f[y.at + i] = number;
    }
  };
}
