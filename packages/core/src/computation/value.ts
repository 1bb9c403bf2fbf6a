/** Types of array elements. `bool` is the result of comparisons. */
export type ElementType = "f32" | "s32" | "u32" | "u16" | "u8" | "bool";

/** An array that a computation takes or makes: its number, and what is known of it before anything is computed. */
export interface Value {
  /** Unique in its computation: arguments first, then results in order. */
  readonly id: number;
  readonly shape: readonly number[];
  readonly type: ElementType;
}
