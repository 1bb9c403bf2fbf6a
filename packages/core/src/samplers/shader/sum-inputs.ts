/** Where a sum at a position finds its inputs: in place, where they lie at even distances, or gathered into workgroup memory. */
import { inputCount, type Window } from "../../lowering/index.ts";
import type { PositionGenerator } from "./generation.ts";
import type { Register, Ring } from "./memory.ts";
import type { Region } from "./operation-text.ts";
import { tableEntry } from "./table-entry.ts";

/** Where inputs are. */
export interface Source {
  readonly memory: "staged" | "registers" | "activations";
  /** Index of a slice's first, an expression of `slice`; the others follow it. */
  readonly first: string;
  readonly region: Region;
}

/**
 * The inputs where they are, if that is at even distances: one node's channels, or positions of one row. A slice must not end
 * between two positions.
 */
export function inPlace(
  { memory, addresses, text }: PositionGenerator,
  windows: readonly Window[],
  slices: number,
): Source | null {
  const [{ buffer, channel, dy, dx, length }, second] = windows as [Window, Window?];
  const allocation = memory.allocations[buffer]!;
  if (allocation.place === "constant") return null;
  const stride = allocation.place === "ring" ? allocation.columnStride : 0;
  const placeOf = (window: Window) => (window.dx - dx) * stride + window.channel - channel;
  const distance = second === undefined ? 0 : placeOf(second);
  const isEven = windows.every(
    (window, i) =>
      window.buffer === buffer &&
      window.dy === dy &&
      window.length === length &&
      placeOf(window) === i * distance,
  );
  const sliceInputs = inputCount(windows) / slices;
  if (!isEven || distance < 0 || (length % sliceInputs !== 0 && distance !== length)) return null;
  const register = allocation.place === "register" ? text.at(allocation.offset + channel) : null;
  const row = allocation.place === "ring" && dy !== 0 ? `(y + ${allocation.rows + dy}u)` : "y";
  const first =
    register ??
    addresses.ringIndex({ ...(allocation as Ring), left: (allocation as Ring).left + dx }, channel, row, "x");
  const slicesEach = length / sliceInputs;
  return {
    memory: allocation.place === "register" ? "registers" : "activations",
    first:
      windows.length === 1 || length % sliceInputs !== 0
        ? `${first} + slice * ${sliceInputs}u`
        : `${first} + slice / ${slicesEach}u * ${text.at(distance)} + slice % ${slicesEach}u * ${sliceInputs}u`,
    region: addresses.regions({ buffer, channel }, inputCount(windows))[0]!,
  };
}

/** An entry for each input. */
export function inputTable({ memory, packer }: PositionGenerator, windows: readonly Window[]): number {
  return packer.table(
    windows.flatMap((window) => {
      const allocation = memory.allocations[window.buffer]!;
      return Array.from({ length: window.length }, (_, k) =>
        allocation.place === "ring" ? tableEntry(allocation, window, k) : window.channel + k,
      );
    }),
  );
}

/** Inputs `from` … from + count - 1 into the staging memory; 0 beyond the last. */
export function gather(
  generator: PositionGenerator,
  windows: readonly Window[],
  table: number,
  { from, count }: { readonly from: number; readonly count: number },
): void {
  const { text, memory, addresses, invocations } = generator;
  for (const { buffer, start, end } of [
    ...segmentsOf(windows),
    { buffer: -1, start: inputCount(windows), end: from + count },
  ]) {
    const [first, last] = [Math.max(start, from), Math.min(end, from + count)];
    if (first >= last) continue;
    const allocation = memory.allocations[buffer];
    const value =
      allocation === undefined
        ? "0.0"
        : allocation.place === "ring"
          ? `activations[${entryIndex(generator, allocation)}]`
          : `registers[${text.at((allocation as Register).offset)} + entry]`;
    const entry = allocation === undefined ? "" : `let entry = tables[${text.at(table)} + i];`;
    text.add({
      reads:
        allocation === undefined
          ? []
          : addresses.regions({ buffer, channel: 0 }, generator.plan.buffers[buffer]!.channels),
      writes: [{ space: "staged", start: first - from, end: last - from }],
      code: `for (var i = ${first}u + lane; i < ${last}u; i += ${invocations}u) {
  ${entry}
  staged[i - ${from}u] = ${value};
}`,
    });
  }
}

function entryIndex({ addresses }: PositionGenerator, ring: Ring): string {
  const rows = ring.rows === 1 ? "y" : `(y + ${ring.rows}u - (entry >> 20u))`;
  return `${addresses.ringIndex({ ...ring, left: 0 }, 0, rows, "x")} + (entry & 0xfffffu)`;
}

/** Neighbouring windows of one buffer, as ranges of inputs. */
function segmentsOf(windows: readonly Window[]): { buffer: number; start: number; end: number }[] {
  const segments: { buffer: number; start: number; end: number }[] = [];
  let start = 0;
  for (const { buffer, length } of windows) {
    const last = segments.at(-1);
    if (last?.buffer === buffer) last.end += length;
    else segments.push({ buffer, start, end: start + length });
    start += length;
  }
  return segments;
}
