// Slice and Identity under tfjs's own names: its Slice copies the whole input out of the heap to take a part of it, and its
// Identity copies what two tensors may share.

import { slice_util, type TensorInfo, util } from "@tensorflow/tfjs-core";
import { sizeOf } from "./expectations.ts";
import { type Replacement, wasmReplacement } from "./kernel-call.ts";
import { heapMemory, makeTensor } from "./wasm-backend.ts";

interface SliceAttributes {
  readonly begin: number | number[];
  readonly size: number | number[];
}

/** Neighbouring values are copied in place; other slices are left to tfjs. */
const sliceReplacement = wasmReplacement<{ x: TensorInfo }, SliceAttributes>(
  "Slice",
  ({ inputs: { x }, attributes, backend, at }, original) => {
    // tfjs's kernels get whole lists, and parse them again all the same.
    const [begin, size] = slice_util.parseSliceParams(x as never, attributes.begin, attributes.size);
    const isContiguous = slice_util.isSliceContinous(x.shape, begin!, size!);
    if (x.dtype === "string" || !isContiguous) return original();
    const first = slice_util.computeFlatOffset(begin!, util.computeStrides(x.shape));
    const part = makeTensor(backend, size!, x.dtype);
    const bytes = util.bytesPerElement(x.dtype);
    const start = at(x) + first * bytes;
    // The heap may have grown while `part` was made: its buffer is asked for only now.
    new Uint8Array(heapMemory(backend).buffer).copyWithin(at(part), start, start + sizeOf(size!) * bytes);
    return part;
  },
);

/** The same values under another name, counted. */
const identityReplacement = wasmReplacement<{ x: TensorInfo }, unknown>(
  "Identity",
  ({ inputs: { x }, backend }, original) => {
    if (x.dtype === "string") return original();
    backend.incRef(x.dataId);
    return { dataId: x.dataId, shape: x.shape, dtype: x.dtype };
  },
);

export const dataMovementReplacements: readonly Replacement[] = [sliceReplacement, identityReplacement];
