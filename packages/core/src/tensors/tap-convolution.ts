/**
 * The convolution of this project: a sum over taps, with its gradients.
 *
 *     y[p]   = bias + Σ_t x[p + o_t] · W_t                       x is 0 outside the picture
 *     dx[p]  = Σ_t dy[p - o_t] · W_tᵀ                            the same sum with offsets negated and filters transposed
 *     dW_t   = Σ_p x[p + o_t]ᵀ · dy[p]         dbias = Σ_p dy[p]
 *
 * Where the backend has no kernel for such sums, the taps are laid into the smallest rectangle and TensorFlow.js's own
 * convolution runs over the explicitly padded picture: rows below the centre are never there to be multiplied by zero.
 */
import {
  add,
  concat,
  conv2d,
  customGrad,
  gather,
  matMul,
  pad,
  type Rank,
  reshape,
  slice,
  stack,
  sum,
  type Tensor,
  type Tensor1D,
  type Tensor3D,
  type Tensor4D,
  tensor1d,
  transpose,
  zeros,
} from "@tensorflow/tfjs-core";
import { hasKernel, runKernel } from "./fused.ts";

/** Where the taps are, (dy, dx) each, before dilation. */
export interface TapLayout {
  readonly taps: readonly { readonly dy: number; readonly dx: number }[];
  readonly dilation: number;
}

/**
 * @param x [B, H, W, F_in]
 * @param weight [taps, F_in, F_out]; entries that a mask forbids must be 0.
 * @param bias [F_out]
 * @returns [B, H, W, F_out]
 */
export function tapConvolution(
  x: Tensor4D,
  weight: Tensor3D,
  bias: Tensor1D | null,
  layout: TapLayout,
): Tensor4D {
  const inputs: Tensor[] = bias === null ? [x, weight] : [x, weight, bias];
  return customGrad((...args) => {
    const [x, weight, bias] = args.slice(0, inputs.length) as [Tensor4D, Tensor3D, Tensor1D?];
    const save = args[inputs.length] as unknown as (tensors: Tensor[]) => void;
    save([x, weight]);
    const value = convolve(x, weight, bias ?? null, layout);
    const gradFunc = (dy: Tensor, [x, weight]: Tensor[]) => {
      const grad = dy as Tensor4D;
      const dx = inputGradient(grad, weight as Tensor3D, layout);
      const dWeight = filterGradient(x as Tensor4D, grad, layout);
      return bias === undefined ? [dx, dWeight] : [dx, dWeight, channelSum(grad)];
    };
    return { value, gradFunc: gradFunc as (dy: Tensor, saved: Tensor[]) => Tensor[] };
  })(...inputs) as Tensor4D;
}

/** Sum over all axes but the last. */
function channelSum(x: Tensor): Tensor1D {
  if (hasKernel("ChannelSum")) return runKernel("ChannelSum", { x });
  return sum(reshape(x, [-1, x.shape.at(-1)!]), 0);
}

function convolve(x: Tensor4D, weight: Tensor3D, bias: Tensor1D | null, layout: TapLayout): Tensor4D {
  if (hasKernel("TapConv2D")) {
    return runKernel(
      "TapConv2D",
      { x, filter: weight, ...(bias && { bias }) },
      { offsets: offsetsOf(layout) },
    );
  }
  const y = conv2d(windowOf(x, layout), boxFilter(weight, layout), 1, "valid", "NHWC", layout.dilation);
  return bias === null ? y : add(y, bias);
}

function inputGradient(dy: Tensor4D, weight: Tensor3D, layout: TapLayout): Tensor4D {
  if (hasKernel("TapConv2DBackpropInput")) {
    return runKernel("TapConv2DBackpropInput", { dy, filter: weight }, { offsets: offsetsOf(layout) });
  }
  const taps = layout.taps.map(({ dy, dx }) => ({ dy: -dy, dx: -dx }));
  return convolve(dy, transpose(weight, [0, 2, 1]), null, { taps, dilation: layout.dilation });
}

function filterGradient(x: Tensor4D, dy: Tensor4D, layout: TapLayout): Tensor3D {
  if (hasKernel("TapConv2DBackpropFilter")) {
    return runKernel("TapConv2DBackpropFilter", { x, dy }, { offsets: offsetsOf(layout) });
  }
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

function offsetsOf({ taps, dilation }: TapLayout): number[] {
  return taps.flatMap(({ dy, dx }) => [dy * dilation, dx * dilation]);
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
  const padded = pad(x, [[0, 0], [...vertical.pad], [...horizontal.pad], [0, 0]]);
  const size: [number, number, number, number] = [
    batch,
    rows + (height - 1) * dilation,
    columns + (width - 1) * dilation,
    channels,
  ];
  return slice(padded, [0, vertical.start, horizontal.start, 0], size);
}

/** Padding before and after an axis that is read from `first` to `last` relative to every position. */
function marginsOf(first: number, last: number) {
  return { pad: [Math.max(0, -first), Math.max(0, last)] as const, start: Math.max(0, first) };
}
