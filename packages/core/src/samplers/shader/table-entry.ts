import type { Window } from "../../lowering/index.ts";
import type { Ring } from "./memory.ts";
import { ShaderError } from "./shader-error.ts";

const ROW_BITS = 12;
const FLOAT_BITS = 20;

/** Row distance · 2²⁰ + floats from column 0 of the row, at x = 0, to the window's k-th channel. */
export function tableEntry({ left, columnStride }: Ring, { dy, dx, channel }: Window, k: number): number {
  const floats = (left + dx) * columnStride + channel + k;
  if (-dy >= 2 ** ROW_BITS || floats >= 2 ** FLOAT_BITS) {
    throw new ShaderError(
      "limits",
      `expected taps within ${2 ** ROW_BITS} rows and ${2 ** FLOAT_BITS} numbers of a row, got (${dy}, ${dx}) of ${columnStride} ` +
        "channels; draw with the incremental sampler",
    );
  }
  return -dy * 2 ** FLOAT_BITS + floats;
}
