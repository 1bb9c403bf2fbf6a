/**
 * Dots on a grid of characters, two by four of them in each (Unicode's braille patterns, U+2800 and on). Every character
 * remembers the layer that drew in it last, so that curves can have colours.
 */
export interface BrailleCell {
  readonly character: string;
  /** Layer of the newest dot; null where there is none. */
  readonly layer: number | null;
}

/** Bit of the dot at (x, y) in a character: the fourth row was added to the standard later than the three above it. */
const BITS = [0x01, 0x08, 0x02, 0x10, 0x04, 0x20, 0x40, 0x80] as const;
const FIRST = 0x2800;

/** A grid of `columns` × `lines` characters to draw dots on, 2·columns wide and 4·lines high. */
export class BrailleCanvas {
  readonly #dots: Uint8Array;
  readonly #layers: Int16Array;

  constructor(
    readonly columns: number,
    readonly lines: number,
  ) {
    this.#dots = new Uint8Array(columns * lines);
    this.#layers = new Int16Array(columns * lines).fill(-1);
  }

  /** Sets the dot at (x, y) from the upper left; outside nothing happens. */
  set(x: number, y: number, layer: number): void {
    const column = Math.floor(x / 2);
    const line = Math.floor(y / 4);
    if (column < 0 || line < 0 || column >= this.columns || line >= this.lines) return;
    const at = line * this.columns + column;
    this.#dots[at]! |= BITS[(y % 4) * 2 + (x % 2)]!;
    this.#layers[at] = layer;
  }

  /** Sets the dots of a straight line: one for every step along its longer side. */
  line(fromX: number, fromY: number, toX: number, toY: number, layer: number): void {
    const steps = Math.max(1, Math.abs(toX - fromX), Math.abs(toY - fromY));
    for (let i = 0; i <= steps; i++) {
      const share = i / steps;
      this.set(Math.round(fromX + (toX - fromX) * share), Math.round(fromY + (toY - fromY) * share), layer);
    }
  }

  /** The characters, line by line; a blank where there is no dot. */
  rows(): BrailleCell[][] {
    return Array.from({ length: this.lines }, (_, line) =>
      Array.from({ length: this.columns }, (_, column) => {
        const at = line * this.columns + column;
        const dots = this.#dots[at]!;
        const layer = this.#layers[at]!;
        return {
          character: dots === 0 ? " " : String.fromCharCode(FIRST + dots),
          layer: layer < 0 ? null : layer,
        };
      }),
    );
  }
}
