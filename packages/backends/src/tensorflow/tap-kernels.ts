/**
 * The convolution over taps and its gradients by TensorFlow's own operations, for its kernels in TensorFlow.js:
 *
 *     y[p]   = Σ_t x[p + o_t] · W_t               Conv2D over the smallest box around the taps, 0 where there is none
 *     dx[p]  = Σ_t dy[p - o_t] · W_tᵀ             the same with offsets negated
 *     dW_t   = Σ_p x[p + o_t]ᵀ · dy[p]            Conv2DBackpropFilter over the box, of which the taps are taken
 *
 * What is added to y or dx is added after it. Paddings are the operation's own instead of a copy of the picture, but for the filter gradient. TensorFlow has no
 * filter gradient with dilation on the processor, and one over a box that
 * is mostly empty is wasted: there a matrix product a tap is taken, as for a single tap.
 */
import { boxOf, isInOrder, marginsOf, readOf, type TapBox, tapOfCells } from "@pixelcnn/tensorflow";
import {
  add,
  concat,
  gather,
  type KernelFunc,
  matMul,
  pad,
  registerKernel,
  reshape,
  slice,
  stack,
  type Tensor,
  type Tensor3D,
  type Tensor4D,
  tensor1d,
  tidy,
  transpose,
  zeros,
} from "@tensorflow/tfjs-core";
import type { TensorflowKernels } from "./tensorflow-package.ts";

/** A box may have so many cells a tap before products of single taps are quicker. */
const MOST_CELLS_A_TAP = 2;

const NO_PADDINGS = [0, 0, 0, 0];

/** Registers them for the backend `tensorflow`. */
export function registerTapKernels(): void {
  register("TapConv2D", (backend, { x, filter, ...addends }, offsets) =>
    plus(convolve(backend, x as Tensor4D, filter as Tensor3D, offsets), addends),
  );
  register("TapConv2DBackpropInput", (backend, { dy, filter, ...addends }, offsets) => {
    const negated = offsets.map((offset) => -offset);
    const dx = convolve(backend, dy as Tensor4D, transpose(filter as Tensor3D, [0, 2, 1]), negated);
    return plus(dx, addends);
  });
  register("TapConv2DBackpropFilter", (backend, { x, dy }, offsets) =>
    filterGradient(backend, x as Tensor4D, dy as Tensor4D, offsets),
  );
}

type Compute = (
  backend: TensorflowKernels,
  inputs: Readonly<Record<string, Tensor>>,
  offsets: readonly number[],
) => Tensor;

function register(kernelName: string, compute: Compute): void {
  const kernelFunc = ({ inputs, attrs, backend }: Parameters<KernelFunc>[0]) =>
    tidy(() =>
      compute(
        backend as TensorflowKernels,
        inputs as unknown as Record<string, Tensor>, // the engine hands on what it was given
        attrs!.offsets as unknown as number[],
      ),
    );
  registerKernel({ kernelName, backendName: "tensorflow", kernelFunc });
}

function convolve(
  backend: TensorflowKernels,
  x: Tensor4D,
  weight: Tensor3D,
  offsets: readonly number[],
): Tensor {
  const box = boxOfTaps(offsets);
  const window = windowOf(x, box);
  const [batch, height, width] = x.shape;
  const outputs = weight.shape[2];
  return window === null
    ? zeros([batch, height, width, outputs])
    : backend.executeSingleOutput("Conv2D", attributesOf(backend, box, window.paddings), [
        window.x,
        boxFilter(weight, box),
      ]);
}

/** A bias of the channels [G], of a picture's channels [B, G], or an array, in the order in which they were given. */
function plus(sums: Tensor, addends: Readonly<Record<string, Tensor | null | undefined>>): Tensor {
  return Object.entries(addends).reduce((sum, [name, addend]) => {
    if (!addend) return sum;
    const [batch, channels] = addend.shape as [number, number];
    return add(sum, name === "pictureBias" ? reshape(addend, [batch, 1, 1, channels]) : addend);
  }, sums);
}

function filterGradient(
  backend: TensorflowKernels,
  x: Tensor4D,
  dy: Tensor4D,
  offsets: readonly number[],
): Tensor {
  const box = boxOfTaps(offsets);
  const taps = box.cells.length;
  const [inputs, outputs] = [x.shape[3], dy.shape[3]];
  const window = windowOf(x, box);
  if (window === null) return zeros([taps, inputs, outputs]);
  const size = box.height * box.width;
  if (taps === 1 || box.dilation > 1 || size > MOST_CELLS_A_TAP * taps) return tapByTap(x, dy, box);
  const shape = tensor1d([box.height, box.width, inputs, outputs], "int32");
  const [above, below, left, right] = window.paddings;
  const margins: [number, number][] = [
    [0, 0],
    [above, below],
    [left, right],
    [0, 0],
  ];
  // Of a padded copy: with paddings that differ from side to side it takes half as long again.
  const padded = window.paddings.every((padding) => padding === 0) ? window.x : pad(window.x, margins);
  const attributes = attributesOf(backend, box, NO_PADDINGS);
  const gradient = backend.executeSingleOutput("Conv2DBackpropFilter", attributes, [padded, shape, dy]);
  const cells = reshape(gradient, [size, inputs, outputs]);
  return isInOrder(box) ? cells : gather(cells, tensor1d([...box.cells], "int32"));
}

/** A product for each tap, of what it reads of the padded picture. */
function tapByTap(x: Tensor4D, dy: Tensor4D, box: TapBox): Tensor {
  const [batch, height, width, inputs] = x.shape;
  const rows = reshape(dy, [-1, dy.shape[3]]);
  const [above, below] = marginsOf(box.top, box.height, box.dilation);
  const [left, right] = marginsOf(box.left, box.width, box.dilation);
  const isBare = [above, below, left, right].every((margin) => margin === 0);
  const padded = isBare
    ? x
    : pad(x, [
        [0, 0],
        [above, below],
        [left, right],
        [0, 0],
      ]);
  const products = box.cells.map((cell) => {
    const down = (Math.floor(cell / box.width) + box.top) * box.dilation + above;
    const along = ((cell % box.width) + box.left) * box.dilation + left;
    const moved = isBare ? x : slice(padded, [0, down, along, 0], [batch, height, width, inputs]);
    return matMul(reshape(moved, [-1, inputs]), rows, true);
  });
  return products.length === 1 ? reshape(products[0]!, [1, inputs, dy.shape[3]]) : stack(products);
}

/** @param offsets down and right of each tap, one after another. */
function boxOfTaps(offsets: readonly number[]): TapBox {
  return boxOf(
    Array.from({ length: offsets.length / 2 }, (_, tap) => [offsets[2 * tap]!, offsets[2 * tap + 1]!]),
  );
}

/** [height, width, F, G] */
function boxFilter(weight: Tensor3D, box: TapBox): Tensor {
  const [, inputs, outputs] = weight.shape;
  const shape = [box.height, box.width, inputs, outputs];
  if (isInOrder(box)) return reshape(weight, shape);
  const withNone = concat([weight, zeros([1, inputs, outputs])]);
  return reshape(gather(withNone, tensor1d(tapOfCells(box), "int32")), shape);
}

/** The part of the picture that the box reads, and the zeros around it; null where it reads nothing but zeros. */
function windowOf(x: Tensor4D, { top, left, height, width, dilation }: TapBox) {
  const [batch, rows, columns, channels] = x.shape;
  const [firstRow, endRow] = readOf(top, height, dilation, rows);
  const [firstColumn, endColumn] = readOf(left, width, dilation, columns);
  const [readRows, readColumns] = [endRow - firstRow, endColumn - firstColumn];
  if (readRows <= 0 || readColumns <= 0) return null;
  const isWhole = readRows === rows && readColumns === columns;
  return {
    x: isWhole ? x : slice(x, [0, firstRow, firstColumn, 0], [batch, readRows, readColumns, channels]),
    paddings: [...marginsOf(top, height, dilation), ...marginsOf(left, width, dilation)] as const,
  };
}

/** What both of TensorFlow's operations are told. */
function attributesOf({ binding }: TensorflowKernels, { dilation }: TapBox, paddings: readonly number[]) {
  const isBare = paddings.every((padding) => padding === 0);
  const attributes = [
    { name: "T", type: binding.TF_ATTR_TYPE, value: binding.TF_FLOAT },
    { name: "strides", type: binding.TF_ATTR_INT, value: [1, 1, 1, 1] },
    { name: "padding", type: binding.TF_ATTR_STRING, value: isBare ? "VALID" : "EXPLICIT" },
    { name: "data_format", type: binding.TF_ATTR_STRING, value: "NHWC" },
    { name: "use_cudnn_on_gpu", type: binding.TF_ATTR_BOOL, value: true },
    { name: "dilations", type: binding.TF_ATTR_INT, value: [1, dilation, dilation, 1] },
  ];
  const explicit = { name: "explicit_paddings", type: binding.TF_ATTR_INT, value: [0, 0, ...paddings, 0, 0] };
  return isBare ? attributes : [...attributes, explicit];
}
