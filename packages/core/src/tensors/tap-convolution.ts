/**
 * The convolution of this project: a sum over taps, with its gradients.
 *
 *     y[p]   = bias + Σ_t x[p + o_t] · W_t                       x is 0 outside the picture
 *     dx[p]  = Σ_t dy[p - o_t] · W_tᵀ                            the same sum with offsets negated and filters transposed
 *     dW_t   = Σ_p x[p + o_t]ᵀ · dy[p]
 *
 * What is added to y or dx comes with them: a kernel starts its sums from there. Where the backend has no kernel for such sums, the taps are laid into the smallest rectangle and TensorFlow.js's own
 * convolution runs over the explicitly padded picture: rows below the centre are never there to be multiplied by zero.
 */
import {
  add,
  concat,
  conv2d,
  gather,
  matMul,
  pad,
  type Rank,
  reshape,
  slice,
  stack,
  type Tensor,
  type Tensor3D,
  type Tensor4D,
  tensor1d,
  transpose,
  zeros,
} from "@tensorflow/tfjs-core";
import type { TapOffset } from "../computation/primitive.ts";
import type { Addend } from "../computation/steps.ts";
import { hasKernel, runKernel } from "./fused.ts";

/** What is added, in this order: [G], [B, G] or [B, H, W, G] with the channels G of the result. */
export type Addends = readonly (readonly [Addend, Tensor])[];

/**
 * @param x [B, H, W, F]
 * @param weight [taps, F, G]; entries that a mask forbids must be 0.
 * @returns [B, H, W, G]
 */
export function convolve(
  x: Tensor4D,
  weight: Tensor3D,
  offsets: readonly TapOffset[],
  addends: Addends = [],
): Tensor4D {
  if (hasKernel("TapConv2D")) {
    const inputs = { x, filter: weight, ...inputsOf(addends) };
    return runKernel("TapConv2D", inputs, { offsets: offsets.flat() });
  }
  const layout = layoutOf(offsets);
  const y = conv2d(windowOf(x, layout), boxFilter(weight, layout), 1, "valid", "NHWC", layout.dilation);
  return plus(y, addends);
}

/** @param dy [B, H, W, G] @returns dx, [B, H, W, F] */
export function inputGradient(
  dy: Tensor4D,
  weight: Tensor3D,
  offsets: readonly TapOffset[],
  addends: Addends = [],
): Tensor4D {
  if (hasKernel("TapConv2DBackpropInput")) {
    const inputs = { dy, filter: weight, ...inputsOf(addends) };
    return runKernel("TapConv2DBackpropInput", inputs, { offsets: offsets.flat() });
  }
  const negated = offsets.map(([down, right]) => [-down, -right] as const);
  return convolve(dy, transpose(weight, [0, 2, 1]), negated, addends);
}

/** Under the names that kernels give them. */
function inputsOf(addends: Addends): Record<string, Tensor> {
  return Object.fromEntries(addends.map(([addend, tensor]) => [inputNames[addend], tensor]));
}

const inputNames: Record<Addend, string> = { channels: "bias", pictures: "pictureBias", elements: "addend" };

function plus(y: Tensor4D, addends: Addends): Tensor4D {
  return addends.reduce((sum, [addend, tensor]) => {
    const [batch, channels] = tensor.shape as [number, number];
    return add(sum, addend === "pictures" ? reshape(tensor, [batch, 1, 1, channels]) : tensor);
  }, y);
}

/** @param dy [B, H, W, G] @returns dW, [taps, F, G] */
export function filterGradient(x: Tensor4D, dy: Tensor4D, offsets: readonly TapOffset[]): Tensor3D {
  if (hasKernel("TapConv2DBackpropFilter")) {
    return runKernel("TapConv2DBackpropFilter", { x, dy }, { offsets: offsets.flat() });
  }
  const layout = layoutOf(offsets);
  const window = windowOf(x, layout);
  const box = boxOf(layout);
  const inputs = x.shape[3];
  const outputs = dy.shape[3];
  // One matrix product a tap. TensorFlow.js's own filter gradient knows no dilation, and its cpu backend runs it some
  // forty times slower than this.
  const rows = reshape(dy, [-1, outputs]);
  const [batch, height, width] = dy.shape;
  return stack(
    layout.taps.map((tap) => {
      const top = (tap.dy - box.top) * layout.dilation;
      const left = (tap.dx - box.left) * layout.dilation;
      const moved = slice(window, [0, top, left, 0], [batch, height, width, inputs]);
      return matMul(transpose(reshape(moved, [-1, inputs])), rows);
    }),
  ) as Tensor3D;
}

/** Taps on a grid of every so many pixels. */
interface TapLayout {
  readonly taps: readonly { readonly dy: number; readonly dx: number }[];
  readonly dilation: number;
}

const layouts = new WeakMap<readonly TapOffset[], TapLayout>();

/** The coarsest grid that all taps lie on, worked out once for the offsets of an operation. */
function layoutOf(offsets: readonly TapOffset[]): TapLayout {
  const layout = layouts.get(offsets) ?? workOut(offsets);
  layouts.set(offsets, layout);
  return layout;
}

function workOut(offsets: readonly TapOffset[]): TapLayout {
  const dilation = offsets.flat().reduce(commonDivisor, 0) || 1;
  return { taps: offsets.map(([dy, dx]) => ({ dy: dy / dilation, dx: dx / dilation })), dilation };
}

function commonDivisor(a: number, b: number): number {
  return b === 0 ? Math.abs(a) : commonDivisor(b, a % b);
}

/** The smallest rectangle around the taps, in taps. */
function boxOf({ taps }: TapLayout) {
  const top = Math.min(...taps.map(({ dy }) => dy));
  const left = Math.min(...taps.map(({ dx }) => dx));
  const height = Math.max(...taps.map(({ dy }) => dy)) - top + 1;
  const width = Math.max(...taps.map(({ dx }) => dx)) - left + 1;
  return {
    top,
    left,
    height,
    width,
    cell: ({ dy, dx }: { dy: number; dx: number }) => (dy - top) * width + dx - left,
  };
}

/** The filter as a rectangle, 0 where there is no tap. [height, width, F_in, F_out] */
function boxFilter(weight: Tensor3D, layout: TapLayout): Tensor4D {
  const box = boxOf(layout);
  const [taps, inputs, outputs] = weight.shape;
  const tapOfCell = new Array<number>(box.height * box.width).fill(taps);
  layout.taps.forEach((tap, t) => {
    tapOfCell[box.cell(tap)] = t;
  });
  const inOrder = tapOfCell.length === taps && tapOfCell.every((t, cell) => t === cell);
  const cells = inOrder
    ? weight
    : gather(concat([weight, zeros<Rank.R3>([1, inputs, outputs])]), tensor1d(tapOfCell, "int32"));
  return reshape(cells, [box.height, box.width, inputs, outputs]);
}

/** The picture padded and cropped so that a 'valid' convolution with the box reads exactly p + o_t at p. */
function windowOf(x: Tensor4D, layout: TapLayout): Tensor4D {
  const { top, left, height, width } = boxOf(layout);
  const { dilation } = layout;
  const [batch, rows, columns, channels] = x.shape;
  const vertical = marginsOf(top * dilation, (top + height - 1) * dilation);
  const horizontal = marginsOf(left * dilation, (left + width - 1) * dilation);
  const margins = [...vertical.pad, ...horizontal.pad];
  const padded = margins.some((margin) => margin > 0)
    ? pad(x, [[0, 0], [...vertical.pad], [...horizontal.pad], [0, 0]])
    : x;
  const size: [number, number, number, number] = [
    batch,
    rows + (height - 1) * dilation,
    columns + (width - 1) * dilation,
    channels,
  ];
  // Nothing to cut off: a copy of it would be the same.
  if (size.every((length, axis) => length === padded.shape[axis])) return padded;
  return slice(padded, [0, vertical.start, horizontal.start, 0], size);
}

/** Padding before and after an axis that is read from `first` to `last` relative to every position. */
function marginsOf(first: number, last: number) {
  return { pad: [Math.max(0, -first), Math.max(0, last)] as const, start: Math.max(0, first) };
}
