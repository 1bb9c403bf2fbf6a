/**
 * The convolution by taps and its gradients by TensorFlow's own operations.
 *
 * One tap at the position itself is a matrix product over [B·H·W, F], in every direction. Other taps lie in the smallest box around them, where a cell without
 * a tap is 0; paddings are the operation's own instead of a copy of the picture, and what the box never reads is cut away. The filter gradient alone is of a
 * padded copy: with paddings that differ from side to side it takes half as long again. TensorFlow has none with dilation on the processor, and one over a
 * box that is mostly empty is wasted: there it is a product a tap. The input gradient is a convolution by the opposite offsets, which takes
 * half as long as TensorFlow's own.
 */
import type { TapOffset } from "@pixelcnn/core/computation";
import { boxOf, isInOrder, marginsOf, readOf, type TapBox, tapOfCells } from "../tap-box.ts";
import type { GraphWriter, Operand } from "./graph-writer.ts";

/** A box may have so many cells a tap before products of single taps are quicker. */
const MOST_CELLS_A_TAP = 2;

/** y[p] = bias + Σ_t x[p + o_t] · W_t. The bias comes at once, where TensorFlow makes one operation of both. */
export function writeConvolution(
  write: GraphWriter,
  x: Operand,
  weight: Operand,
  bias: Operand | null,
  offsets: readonly TapOffset[],
): Operand {
  const biased = (sums: Operand) => (bias === null ? sums : write.addBias(sums, bias));
  if (isPointwise(offsets)) {
    const rows = write.product(write.rows(x), write.reshape(weight, weight.shape.slice(1)));
    return write.reshape(biased(rows), [...x.shape.slice(0, -1), weight.shape[2]!]);
  }
  const box = boxOf(offsets);
  const window = windowOf(write, x, box);
  const shape = [...x.shape.slice(0, 3), weight.shape[2]!];
  if (window === null) return biased(write.spread(write.constant(0), shape));
  const kernel = boxFilter(write, weight, box);
  return biased(
    write.operation("Conv2D", [window.x, kernel], { shape, type: "f32" }, attributesOf(box, window)),
  );
}

/** dx[p] = Σ_t dy[p − o_t] · W_tᵀ: a convolution by the opposite offsets. */
export function writeInputGradient(
  write: GraphWriter,
  dy: Operand,
  weight: Operand,
  offsets: readonly TapOffset[],
): Operand {
  if (isPointwise(offsets)) {
    const rows = write.product(write.rows(dy), write.reshape(weight, weight.shape.slice(1)), false, true);
    return write.reshape(rows, [...dy.shape.slice(0, -1), weight.shape[1]!]);
  }
  const opposite = offsets.map(([row, column]) => [-row, -column] as const);
  return writeConvolution(write, dy, write.transpose(weight, [0, 2, 1]), null, opposite);
}

/** dW_t = Σ_p x[p + o_t]ᵀ · dy[p] */
export function writeFilterGradient(
  write: GraphWriter,
  x: Operand,
  dy: Operand,
  offsets: readonly TapOffset[],
): Operand {
  const [inputs, outputs] = [x.shape[3]!, dy.shape[3]!];
  if (isPointwise(offsets)) {
    return write.reshape(write.product(write.rows(x), write.rows(dy), true), [1, inputs, outputs]);
  }
  const box = boxOf(offsets);
  const taps = box.cells.length;
  const window = windowOf(write, x, box);
  if (window === null) return write.spread(write.constant(0), [taps, inputs, outputs]);
  const size = box.height * box.width;
  if (box.dilation > 1 || size > MOST_CELLS_A_TAP * taps) return tapByTap(write, x, dy, box);
  const shape = [box.height, box.width, inputs, outputs];
  const [above, below, left, right] = window.paddings as [number, number, number, number];
  const padded = write.pad(window.x, [0, above, left, 0], [0, below, right, 0]);
  const gradient = write.operation(
    "Conv2DBackpropFilter",
    [padded, write.integers(shape), dy],
    { shape, type: "f32" },
    attributesOf(box, { x: padded, paddings: [0, 0, 0, 0] }),
  );
  const cells = write.reshape(gradient, [size, inputs, outputs]);
  if (isInOrder(box)) return cells;
  return write.gather(cells, write.integers(box.cells));
}

/** A product for each tap, of what it reads of the padded picture. */
function tapByTap(write: GraphWriter, x: Operand, dy: Operand, box: TapBox): Operand {
  const [batch, height, width, inputs] = x.shape as [number, number, number, number];
  const rows = write.rows(dy);
  const [above, below] = marginsOf(box.top, box.height, box.dilation);
  const [left, right] = marginsOf(box.left, box.width, box.dilation);
  const padded = write.pad(x, [0, above, left, 0], [0, below, right, 0]);
  const products = box.cells.map((cell) => {
    const down = (Math.floor(cell / box.width) + box.top) * box.dilation + above;
    const along = ((cell % box.width) + box.left) * box.dilation + left;
    const moved = write.slice(padded, [0, down, along, 0], [batch, down + height, along + width, inputs]);
    return write.reshape(write.product(write.rows(moved), rows, true), [1, inputs, dy.shape[3]!]);
  });
  return write.concatenate(products, 0);
}

function isPointwise(offsets: readonly TapOffset[]): boolean {
  return offsets.length === 1 && offsets[0]![0] === 0 && offsets[0]![1] === 0;
}

/** [height, width, F, G] */
function boxFilter(write: GraphWriter, weight: Operand, box: TapBox): Operand {
  const [, inputs, outputs] = weight.shape as [number, number, number];
  const shape = [box.height, box.width, inputs, outputs];
  if (isInOrder(box)) return write.reshape(weight, shape);
  const withNone = write.pad(weight, [0, 0, 0], [1, 0, 0]);
  return write.reshape(write.gather(withNone, write.integers(tapOfCells(box))), shape);
}

interface Window {
  readonly x: Operand;
  /** Above, below, left, right. */
  readonly paddings: readonly number[];
}

/** The part of the picture that the box reads, and the zeros around it; null where it reads nothing but zeros. */
function windowOf(
  write: GraphWriter,
  x: Operand,
  { top, left, height, width, dilation }: TapBox,
): Window | null {
  const [batch, rows, columns, channels] = x.shape as [number, number, number, number];
  const [firstRow, endRow] = readOf(top, height, dilation, rows);
  const [firstColumn, endColumn] = readOf(left, width, dilation, columns);
  if (endRow <= firstRow || endColumn <= firstColumn) return null;
  return {
    x: write.slice(x, [0, firstRow, firstColumn, 0], [batch, endRow, endColumn, channels]),
    paddings: [...marginsOf(top, height, dilation), ...marginsOf(left, width, dilation)],
  };
}

/** What all of TensorFlow's convolutions are told. */
function attributesOf({ dilation }: TapBox, { paddings }: Window) {
  const isBare = paddings.every((padding) => padding === 0);
  return {
    T: { type: "f32" },
    strides: { integers: [1, 1, 1, 1] },
    padding: { text: isBare ? "VALID" : "EXPLICIT" },
    ...(!isBare && { explicit_paddings: { integers: [0, 0, ...paddings, 0, 0] } }),
    dilations: { integers: [1, dilation, dilation, 1] },
  } as const;
}
