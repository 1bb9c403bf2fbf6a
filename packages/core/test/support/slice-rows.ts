/**
 * Slices on TensorFlow.js's cpu backend, a row of memory at a time. Its own makes a list of every element's place and hands it from function to function,
 * which was half of the time of tests on that backend; a slice computes nothing, so the numbers are the same.
 */
import {
  type DataId,
  getKernel,
  type KernelFunc,
  registerKernel,
  slice_util,
  type TensorInfo,
  type TypedArray,
  unregisterKernel,
  util,
} from "@tensorflow/tfjs-core";

/** What a kernel of the cpu backend is given of it. */
interface CpuBackend {
  readonly data: { get(id: DataId): { readonly values: TypedArray } };
  makeTensorInfo(shape: number[], dtype: string, values: TypedArray): TensorInfo;
}

/** Puts it in the place of the backend's own. */
export function sliceRowsOnCpu(): void {
  const { kernelFunc: own } = getKernel("Slice", "cpu");
  unregisterKernel("Slice", "cpu");
  registerKernel({ kernelName: "Slice", backendName: "cpu", kernelFunc: rowsOr(own) });
}

function rowsOr(own: KernelFunc): KernelFunc {
  return (call) => {
    const x = call.inputs.x as TensorInfo;
    const { begin, size } = call.attrs as unknown as { begin: number[]; size: number[] };
    const [from, lengths] = slice_util.parseSliceParams(x as never, begin, size);
    const isOwn =
      x.dtype === "string" ||
      x.dtype === "complex64" ||
      x.shape.length < 2 ||
      util.sizeFromShape(lengths!) === 0 ||
      slice_util.isSliceContinous(x.shape, from!, lengths!);
    if (isOwn) return own(call);
    slice_util.assertParamsValid(x as never, from!, lengths!);
    const backend = call.backend as CpuBackend;
    const { values } = backend.data.get(x.dataId);
    return backend.makeTensorInfo(lengths!, x.dtype, rowsOf(values, x.shape, from!, lengths!));
  };
}

function rowsOf(
  values: TypedArray,
  shape: readonly number[],
  from: readonly number[],
  lengths: readonly number[],
): TypedArray {
  const strides = util.computeStrides([...shape]);
  const last = shape.length - 1;
  const row = lengths[last]!;
  const total = util.sizeFromShape([...lengths]);
  const result = new (values.constructor as new (length: number) => TypedArray)(total);
  const at = new Array<number>(last).fill(0);
  for (let to = 0; to < total; to += row) {
    let start = from[last]!;
    for (let axis = 0; axis < last; axis++) start += (from[axis]! + at[axis]!) * strides[axis]!;
    for (let i = 0; i < row; i++) result[to + i] = values[start + i]!;
    for (let axis = last - 1; axis >= 0; axis--) {
      at[axis]!++;
      if (at[axis]! < lengths[axis]!) break;
      at[axis] = 0;
    }
  }
  return result;
}
