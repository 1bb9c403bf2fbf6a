/** Where a sum at a position finds its inputs: in place, where they lie at even distances, or gathered into workgroup memory. */
import { inputCount, type Window } from "../../lowering/index.ts";
import { each } from "./each.ts";
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

/** An entry for each input: a ring's (table-entry.ts), or which register it is. */
export function inputTable({ memory, packer }: PositionGenerator, windows: readonly Window[]): number {
  return packer.table(
    windows.flatMap((window) => {
      const allocation = memory.allocations[window.buffer]!;
      return Array.from({ length: window.length }, (_, k) =>
        allocation.place === "ring"
          ? tableEntry(allocation, window, k)
          : (allocation as Register).offset + window.channel + k,
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
  const { text, invocations } = generator;
  const copy = (start: number, end: number, reads: readonly Region[], code: () => string) => {
    const [first, last] = [Math.max(start, from), Math.min(end, from + count)];
    if (first >= last) return;
    text.add({
      reads,
      writes: [{ space: "staged", start: first - from, end: last - from }],
      code: each("i", { from: first, to: last }, invocations, code()),
    });
  };
  for (const { ring, start, end, regions } of segmentsOf(generator, windows)) {
    copy(start, end, regions, () => {
      const entry = `tables[${text.at(table)} + i]`;
      return ring === null
        ? `staged[i - ${from}u] = registers[${entry}];`
        : `let entry = ${entry};\n  staged[i - ${from}u] = activations[${entryIndex(generator, ring)}];`;
    });
  }
  copy(inputCount(windows), from + count, [], () => `staged[i - ${from}u] = 0.0;`);
}

function entryIndex({ addresses }: PositionGenerator, ring: Ring): string {
  const rows = ring.rows === 1 ? "y" : `(y + ${ring.rows}u - (entry >> 20u))`;
  return `${addresses.ringIndex({ ...ring, left: 0 }, 0, rows, "x")} + (entry & 0xfffffu)`;
}

/** Inputs that one statement gathers. */
interface Segment {
  /** Null where they are registers. */
  readonly ring: Ring | null;
  readonly start: number;
  end: number;
  readonly regions: Region[];
}

/** Neighbouring windows of one ring, or of registers, whichever buffers these are of. */
function segmentsOf({ memory, addresses, plan }: PositionGenerator, windows: readonly Window[]): Segment[] {
  const segments: Segment[] = [];
  let start = 0;
  for (const { buffer, length } of windows) {
    const allocation = memory.allocations[buffer]!;
    const ring = allocation.place === "ring" ? allocation : null;
    const regions = addresses.regions({ buffer, channel: 0 }, plan.buffers[buffer]!.channels);
    const last = segments.at(-1);
    if (last?.ring === ring) {
      last.end += length;
      last.regions.push(...regions);
    } else segments.push({ ring, start, end: start + length, regions });
    start += length;
  }
  return segments;
}
