/** Types of array elements, with PJRT's number (`PJRT_Buffer_Type`) and the typed array that holds them. */

const elementTypes = {
  pred: { code: 1, array: Uint8Array },
  s8: { code: 2, array: Int8Array },
  s16: { code: 3, array: Int16Array },
  s32: { code: 4, array: Int32Array },
  s64: { code: 5, array: BigInt64Array },
  u8: { code: 6, array: Uint8Array },
  u16: { code: 7, array: Uint16Array },
  u32: { code: 8, array: Uint32Array },
  u64: { code: 9, array: BigUint64Array },
  f32: { code: 11, array: Float32Array },
  f64: { code: 12, array: Float64Array },
} as const;

/** The name of an element type as StableHLO writes it, but `pred` for `i1`, `s32` for `i32` and `u32` for `ui32`. */
export type ElementType = keyof typeof elementTypes;

/** A typed array that goes up or comes back as it is. */
export type HostArray =
  | Int8Array
  | Int16Array
  | Int32Array
  | BigInt64Array
  | Uint8Array
  | Uint16Array
  | Uint32Array
  | BigUint64Array
  | Float32Array
  | Float64Array;

/** PJRT's number of an element type. */
export function codeOf(type: ElementType): number {
  return elementTypes[type].code;
}

/** The element type of PJRT's number, or `undefined` for those that no typed array holds. */
export function typeOfCode(code: number): ElementType | undefined {
  return (Object.keys(elementTypes) as ElementType[]).find((type) => elementTypes[type].code === code);
}

/** The element type that a typed array has unless another is named: bytes are `u8`. */
export function typeOfArray(values: HostArray): ElementType {
  const types = Object.keys(elementTypes).filter((type) => type !== "pred") as ElementType[];
  return types.find((type) => values.constructor === elementTypes[type].array) ?? "f32";
}

/** A typed array of `length` elements, all 0. */
export function arrayOf(type: ElementType, length: number): HostArray {
  return new elementTypes[type].array(length);
}
