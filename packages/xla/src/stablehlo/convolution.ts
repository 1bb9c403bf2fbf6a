/**
 * The convolution by taps and its gradients as XLA runs them fastest.
 *
 * One tap is a matrix product over [B·H·W, F] of the picture, moved by it, in every direction: as a convolution XLA's processor client runs its filter
 * gradient more slowly, and reads beyond the picture's memory where its padding is negative before the picture and positive behind it. Other taps lie in the
 * smallest box around them, where a cell without a tap is 0, and are convolutions of XLA's, where negative
 * padding crops. The input gradient is one too, of dy with the box turned round and every weight matrix transposed: written as a convolution whose kernel XLA is
 * told to turn, it falls off the fast path. Columns laid side by side for one product take longer
 * than all of these, for the copying: docs/xla.md.
 */
import type { TapOffset } from "@pixelcnn/core/computation";
import { list, type ModuleWriter, type Operand, typeName } from "./module-writer.ts";
import { operandPrecision } from "./precision.ts";

/** The smallest grid of cells that has every tap: cell (i, j) looks at (top + i·step, left + j·step). */
interface Box {
  readonly step: number;
  readonly top: number;
  readonly left: number;
  readonly rows: number;
  readonly columns: number;
  /** The tap of every cell in raster order, or −1. */
  readonly taps: readonly number[];
}

/** y[p] = Σ_t x[p + o_t] · W_t */
export function writeConvolution(
  write: ModuleWriter,
  x: Operand,
  weight: Operand,
  offsets: readonly TapOffset[],
): Operand {
  if (offsets.length === 1) return pointwise(write, moved(write, x, offsets[0]!), weight, 0);
  const box = boxOf(offsets);
  const kernel = write.reshape(fillBox(write, weight, box), [
    box.rows,
    box.columns,
    ...weight.shape.slice(1),
  ]);
  return convolve(write, x, kernel, [...x.shape.slice(0, 3), weight.shape[2]!], {
    layout: "[b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f]",
    stride: 1,
    pad: marginsOf(box),
    step: box.step,
  });
}

/** dx[p] = Σ_t dy[p − o_t] · W_tᵀ: a convolution by the opposite offsets. */
export function writeInputGradient(
  write: ModuleWriter,
  dy: Operand,
  weight: Operand,
  offsets: readonly TapOffset[],
): Operand {
  const opposite = offsets.map(([row, column]) => [-row, -column] as const);
  if (offsets.length === 1) return pointwise(write, moved(write, dy, opposite[0]!), weight, 1);
  return writeConvolution(write, dy, write.transpose(weight, [0, 2, 1]), opposite);
}

/** dW_t = Σ_p x[p + o_t]ᵀ · dy[p]: a convolution of x with dy in which the batch is what is summed over. */
export function writeFilterGradient(
  write: ModuleWriter,
  x: Operand,
  dy: Operand,
  offsets: readonly TapOffset[],
): Operand {
  const inputs = x.shape[3]!;
  const outputs = dy.shape[3]!;
  if (offsets.length === 1) {
    const gradient = write.product(asRows(write, moved(write, x, offsets[0]!)), asRows(write, dy), 0, 0);
    return write.reshape(gradient, [1, inputs, outputs]);
  }
  const box = boxOf(offsets);
  const cells = convolve(write, x, dy, [box.rows, box.columns, inputs, outputs], {
    layout: "[f, 0, 1, b]x[i, 0, 1, o]->[0, 1, b, f]",
    stride: box.step,
    pad: marginsOf(box),
    step: 1,
  });
  return takeTaps(write, write.reshape(cells, [box.taps.length, inputs, outputs]), box);
}

interface Window {
  readonly layout: string;
  readonly stride: number;
  readonly pad: readonly (readonly [number, number])[];
  /** Dilation of the kernel. */
  readonly step: number;
}

function convolve(
  write: ModuleWriter,
  picture: Operand,
  weights: Operand,
  shape: readonly number[],
  { layout, stride, pad, step }: Window,
): Operand {
  const [x, kernel] = write.runsOnProcessor ? [picture, weights] : write.factors(picture, weights);
  const precision = `#stablehlo<precision ${operandPrecision(write.precision)}>`;
  const window =
    `{stride = ${list([stride, stride])}, pad = [${pad.map(list).join(", ")}], lhs_dilate = [1, 1], ` +
    `rhs_dilate = ${list([step, step])}, reverse = [false, false]}`;
  const attributes =
    "{batch_group_count = 1 : i64, feature_group_count = 1 : i64, " +
    `precision_config = [${precision}, ${precision}]}`;
  const result = { shape, type: x.type };
  const sum = write.define(
    `stablehlo.convolution(${x.name}, ${kernel.name}) dim_numbers = ${layout}, window = ${window} ${attributes} : ` +
      `(${typeName(x)}, ${typeName(kernel)}) -> ${typeName(result)}`,
    result,
  );
  return write.convert(sum, "f32");
}

/** [.., F] times W, or its transpose: rows of a matrix product. */
function pointwise(write: ModuleWriter, x: Operand, weight: Operand, inner: 0 | 1): Operand {
  const matrix = write.reshape(weight, weight.shape.slice(1));
  const rows = write.product(asRows(write, x), matrix, 1, inner);
  return write.reshape(rows, [...x.shape.slice(0, -1), rows.shape[1]!]);
}

function asRows(write: ModuleWriter, x: Operand): Operand {
  const channels = x.shape.at(-1)!;
  const rows = x.shape.slice(0, -1).reduce((product, length) => product * length, 1);
  return write.reshape(x, [rows, channels]);
}

/** What lies at an offset of every position, 0 outside the picture: [B,H,W,F]. */
export function moved(write: ModuleWriter, x: Operand, [dy, dx]: TapOffset): Operand {
  if (dy === 0 && dx === 0) return x;
  const [, height, width] = x.shape as [number, number, number, number];
  if (Math.abs(dy) >= height || Math.abs(dx) >= width) return write.constant(0, x.shape);
  const rows = write.cut(x, 1, Math.max(0, dy), height + Math.min(0, dy));
  const kept = write.cut(rows, 2, Math.max(0, dx), width + Math.min(0, dx));
  const before = [0, Math.max(0, -dy), Math.max(0, -dx), 0];
  return write.pad(kept, before, [0, Math.max(0, dy), Math.max(0, dx), 0]);
}

function boxOf(offsets: readonly TapOffset[]): Box {
  const top = Math.min(...offsets.map(([dy]) => dy));
  const left = Math.min(...offsets.map(([, dx]) => dx));
  const distances = offsets.flatMap(([dy, dx]) => [dy - top, dx - left]);
  const step = distances.reduce(greatestCommonDivisor, 0) || 1;
  const rows = Math.max(...offsets.map(([dy]) => (dy - top) / step)) + 1;
  const columns = Math.max(...offsets.map(([, dx]) => (dx - left) / step)) + 1;
  const taps = new Array<number>(rows * columns).fill(-1);
  offsets.forEach(([dy, dx], tap) => {
    taps[((dy - top) / step) * columns + (dx - left) / step] = tap;
  });
  return { step, top, left, rows, columns, taps };
}

/** Padding before and after rows and columns, so that cell (0, 0) at position p reads p + (top, left). */
function marginsOf({ step, top, left, rows, columns }: Box) {
  return [
    [-top, top + (rows - 1) * step],
    [-left, left + (columns - 1) * step],
  ] as const;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

/** Runs of neighbouring cells: taps one after another, or cells without one. */
function runsOf(taps: readonly number[]): { readonly first: number; readonly length: number }[] {
  const runs: { first: number; length: number }[] = [];
  for (const tap of taps) {
    const last = runs.at(-1);
    const goesOn = last && (tap < 0 ? last.first < 0 : last.first >= 0 && tap === last.first + last.length);
    if (goesOn) last.length += 1;
    else runs.push({ first: tap, length: 1 });
  }
  return runs;
}

/** Weights of the cells, [cells, F, G], from those of the taps. */
function fillBox(write: ModuleWriter, weight: Operand, { taps }: Box): Operand {
  const parts = runsOf(taps).map(({ first, length }) =>
    first < 0
      ? write.constant(0, [length, ...weight.shape.slice(1)])
      : write.cut(weight, 0, first, first + length),
  );
  return write.concatenate(parts, 0);
}

/** The other way: of every tap what its cell has. */
function takeTaps(write: ModuleWriter, cells: Operand, { taps }: Box): Operand {
  const places = taps.map((tap, cell) => ({ tap, cell })).filter(({ tap }) => tap >= 0);
  places.sort((a, b) => a.tap - b.tap);
  const runs = runsOf(places.map(({ cell }) => cell));
  return write.concatenate(
    runs.map(({ first, length }) => write.cut(cells, 0, first, first + length)),
    0,
  );
}
