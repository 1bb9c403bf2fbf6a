/** Operations that compute nothing: their result is a part of their input, or the same elements under another shape. */
import type { Operation, PrimitiveOf, Value } from "@pixelcnn/core/computation";
import { type Place, sizeOf } from "./place.ts";

/** The place of a result inside of its input's; null where it has to be written. */
export function aliasOf(operation: Operation, [input]: readonly Place[], value: Value): Place | null {
  switch (operation.op) {
    case "reshape":
    case "sumOverDevices": // one device
      return { ...input!, value };
    case "broadcast":
      return isTrailing(operation) ? { ...input!, value } : null;
    case "slice":
      return cutOf(operation, input!, value);
    default:
      return null;
  }
}

/** Whether the input's axes are the last ones of the result, in order: then it is simply repeated. */
function isTrailing({ shape, axes }: PrimitiveOf<"broadcast">): boolean {
  return axes.every((to, axis) => to === shape.length - axes.length + axis);
}

/** Only the first axis that is longer than 1 is cut: the rest lies together. */
function cutOf({ starts, ends }: PrimitiveOf<"slice">, input: Place, value: Value): Place | null {
  const { shape } = input.value;
  if (input.stored !== sizeOf(shape)) return null;
  const first = shape.findIndex((length) => length > 1);
  if (first < 0) return { ...input, value };
  const restIsWhole = shape.every(
    (length, axis) => axis <= first || (starts[axis] === 0 && ends[axis] === length),
  );
  if (!restIsWhole) return null;
  const row = sizeOf(shape.slice(first + 1));
  return { at: input.at + starts[first]! * row, stored: sizeOf(value.shape), value };
}
