/** WGSL expressions for activations and constants. In scope: y, x, `origin` (the picture's first float) and `label`. */
import type { Slot } from "../../lowering/index.ts";
import type { Memory, Ring } from "./memory.ts";
import type { OperationText, Region } from "./operation-text.ts";

export class Addresses {
  constructor(
    private readonly memory: Memory,
    private readonly text: OperationText,
  ) {}

  /** Value of channel `f` (an expression) of a slot at column `x`. */
  load(slot: Slot, f: string, x = "x"): string {
    const home = this.memory.homes[slot.buffer]!;
    if (home.place === "constant") {
      const row = home.perClass ? ` + label * ${home.channels}u` : "";
      return `constants[${this.text.at(home.offset + slot.channel)}${row} + ${f}]`;
    }
    return this.#reference(slot, f, x);
  }

  store(slot: Slot, f: string, value: string, x = "x"): string {
    return `${this.#reference(slot, f, x)} = ${value};`;
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
    const home = this.memory.homes[slot.buffer]!;
    if (home.place === "constant") return [];
    if (home.place === "register") {
      const start = home.offset + slot.channel;
      return [{ space: "registers", start, end: start + channels }];
    }
    return [{ space: "activations", start: home.offset, end: home.offset + home.rows * home.rowStride }];
  }

  #reference(slot: Slot, f: string, x: string): string {
    const home = this.memory.homes[slot.buffer]!;
    if (home.place === "register") return `registers[${this.text.at(home.offset + slot.channel)} + ${f}]`;
    return `activations[${this.ringIndex(home as Ring, slot.channel, "y", x)} + ${f}]`;
  }
}
