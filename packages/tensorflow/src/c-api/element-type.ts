/** Types of array elements: TensorFlow's numbers for them (tensorflow/c/tf_datatype.h), and the typed arrays that hold them. */
import type { ElementType } from "@pixelcnn/core/computation";

/** Numbers, and what arrays of them are in JavaScript; a truth value is a byte. */
export const elementTypes = {
  f32: { code: 1, Array: Float32Array },
  s32: { code: 3, Array: Int32Array },
  u8: { code: 4, Array: Uint8Array },
  bool: { code: 10, Array: Uint8Array },
  u16: { code: 17, Array: Uint16Array },
  u32: { code: 22, Array: Uint32Array },
} as const satisfies Record<ElementType, unknown>;

/** An array on this side of the border. */
export type HostArray = Float32Array | Int32Array | Uint8Array | Uint16Array | Uint32Array;
