/** WGSL expressions for activations and constants. In scope: y, x, `origin` (the picture's first float) and `label`. */
import type { Slot } from "../../lowering/index.ts";
import type { Memory, Ring } from "./memory.ts";
import type { OperationText, Region } from "./operation-text.ts";

/** No offset. */
const HERE = { dy: 0, dx: 0 };

export class Addresses {
  constructor(
    private readonly memory: Memory,
    private readonly text: OperationText,
  ) {}

  /** Value of channel `f` (an expression) of a slot at column `x`; or, of a ring, at an offset from there that its rows and columns reach. */
  load(slot: Slot, f: string, x = "x", offset = HERE): string {
    const allocation = this.memory.allocations[slot.buffer]!;
    if (allocation.place === "constant") {
      const row = allocation.perClass ? ` + label * ${allocation.channels}u` : "";
      return `constants[${this.text.at(allocation.offset + slot.channel)}${row} + ${f}]`;
    }
    return this.#reference(slot, f, x, offset);
  }

  store(slot: Slot, f: string, value: string, x = "x"): string {
    return `${this.#reference(slot, f, x, HERE)} = ${value};`;
  }

  /** Index of a channel of a ring at row `y` (an expression that is not negative) and column `x`. */
  ringIndex(ring: Ring, channel: number, y: string, x: string): string {
    const { offset, rows, rowStride, columnStride, left } = ring;
    const row = rows === 1 ? "" : ` + (${y} % ${rows}u) * ${rowStride}u`;
    const column = columnStride === 0 ? "" : ` + ${x} * ${columnStride}u`;
    return `origin + ${this.text.at(offset + left * columnStride + channel)}${row}${column}`;
  }

  /** What a whole slot touches, if it is anything that can change. */
  regions(slot: Slot, channels: number): Region[] {
    const allocation = this.memory.allocations[slot.buffer]!;
    if (allocation.place === "constant") return [];
    if (allocation.place === "register") {
      const start = allocation.offset + slot.channel;
      return [{ space: "registers", start, end: start + channels }];
    }
    return [
      {
        space: "activations",
        start: allocation.offset,
        end: allocation.offset + allocation.rows * allocation.rowStride,
      },
    ];
  }

  #reference(slot: Slot, f: string, x: string, { dy, dx }: typeof HERE): string {
    const allocation = this.memory.allocations[slot.buffer]!;
    if (allocation.place === "register")
      return `registers[${this.text.at(allocation.offset + slot.channel)} + ${f}]`;
    const ring = allocation as Ring;
    const row = dy === 0 ? "y" : `(y + ${ring.rows + dy}u)`;
    return `activations[${this.ringIndex({ ...ring, left: ring.left + dx }, slot.channel, row, x)} + ${f}]`;
  }
}
