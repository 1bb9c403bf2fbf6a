/** Element by element, on the kernels; an input that repeats itself is read over and over. */
import type { BinaryKind, OperationOf, PrimitiveOf, UnaryKind } from "@pixelcnn/core/computation";
import type { Machine } from "./machine.ts";
import { addressOf, type Place } from "./place.ts";

export function writeBinary(
  { heap, functions }: Machine,
  { kind }: PrimitiveOf<"binary">,
  [x, y]: readonly Place[],
  out: Place,
): () => void {
  if (kind === "and") {
    return () => {
      const w = heap.words;
      for (let i = 0; i < out.stored; i++) {
        w[out.at + i] = w[x!.at + (i % x!.stored)]! & w[y!.at + (i % y!.stored)]!;
      }
    };
  }
  return inRuns(functions[kind], x!, y!, out);
}

type Pairs = Machine["functions"][Exclude<BinaryKind, "and"> | "greater"];

/** Runs as long as what repeats itself soonest, but for single numbers; the other is walked through. */
function inRuns(kernel: Pairs, x: Place, y: Place, out: Place): () => void {
  const lengths = [x, y].map(({ stored }) => stored).filter((stored) => stored > 1);
  const run = Math.min(out.stored, ...lengths);
  const isOne = ({ stored }: Place) => (stored === 1 && run > 1 ? 1 : 0);
  const [xIsOne, yIsOne] = [isOne(x), isOne(y)];
  const at = (place: Place, i: number) => addressOf(place) + 4 * (i % place.stored);
  return () => {
    for (let i = 0; i < out.stored; i += run) {
      kernel(at(x, i), xIsOne, at(y, i), yIsOne, addressOf(out) + 4 * i, run);
    }
  };
}

/** Kinds without a kernel. */
type Plain = Extract<UnaryKind, "log" | "logPlusOne" | "reciprocalSquareRoot">;

const plain: Record<Plain, (x: number) => number> = {
  log: Math.log,
  logPlusOne: Math.log1p,
  reciprocalSquareRoot: (x) => 1 / Math.sqrt(x),
};

const kernels = {
  negate: "negate",
  exponential: "exp",
  squareRoot: "squareRoot",
  tanh: "tanh",
  logistic: "logistic",
  absolute: "absolute",
} as const satisfies Record<Exclude<UnaryKind, Plain | "isFinite">, string>;

export function writeUnary(
  { heap, functions }: Machine,
  { kind }: PrimitiveOf<"unary">,
  [x]: readonly Place[],
  y: Place,
): () => void {
  const n = y.stored;
  switch (kind) {
    case "isFinite":
      return () => {
        for (let i = 0; i < n; i++)
          heap.integers[y.at + i] = Number.isFinite(heap.floats[x!.at + i]!) ? 1 : 0;
      };
    case "log":
    case "logPlusOne":
    case "reciprocalSquareRoot": {
      const compute = plain[kind];
      return () => {
        const f = heap.floats;
        for (let i = 0; i < n; i++) f[y.at + i] = compute(f[x!.at + i]!);
      };
    }
    default: {
      const kernel = functions[kernels[kind]];
      return () => kernel(addressOf(x!), addressOf(y), n);
    }
  }
}

export function writeGreater(
  { heap, functions }: Machine,
  _: PrimitiveOf<"greater">,
  [x, y]: readonly Place[],
  out: Place,
): () => void {
  if (x!.value.type === "f32") return inRuns(functions.greater, x!, y!, out);
  return () => {
    const { integers } = heap;
    for (let i = 0; i < out.stored; i++) {
      integers[out.at + i] = integers[x!.at + (i % x!.stored)]! > integers[y!.at + (i % y!.stored)]! ? 1 : 0;
    }
  };
}

/** Copies the numbers as they are, whatever their type. */
export function writeSelect(
  { heap, functions }: Machine,
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
  if (condition!.stored === n && [x!, y!].every(({ stored }) => stored === 1 || stored === n)) {
    const [xIsOne, yIsOne] = [x!, y!].map(({ stored }) => (stored === 1 ? 1 : 0)) as [number, number];
    return () =>
      functions.choose(
        ...([addressOf(condition!), addressOf(x!), xIsOne] as const),
        ...([addressOf(y!), yIsOne, addressOf(out), n] as const),
      );
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
  { functions }: Machine,
  _: OperationOf<"elu">,
  [x]: readonly Place[],
  y: Place,
): () => void {
  return () => functions.elu(addressOf(x!), addressOf(y), y.stored);
}
