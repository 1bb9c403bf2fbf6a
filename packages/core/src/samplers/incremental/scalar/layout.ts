/**
 * Where activations lie in a picture's memory, in floats: every buffer as [rows, columns, F], with columns of zeros on both sides as
 * far as taps reach, so that no tap asks whether it is inside.
 */
import type { Buffer, Plan, Slot } from "../../../lowering/index.ts";

/** How the activations of a slot are found: offset of (0, 0), ring length, and distances. */
export interface Place {
  readonly origin: number;
  readonly rows: number;
  readonly rowFloats: number;
  readonly columnFloats: number;
}

export interface Layout {
  /** Of a whole picture. */
  readonly floats: number;
  /** Place of a slot, moved by dx columns. */
  place(slot: Slot, dx?: number): Place;
}

export function layoutOf(plan: Plan, width: number): Layout {
  let floats = 0;
  const places = plan.buffers.map((buffer): Place => {
    const { place, length } = placeOf(buffer, width, floats);
    floats += length;
    return place;
  });
  return {
    floats,
    place({ buffer, channel }, dx = 0) {
      const place = places[buffer]!;
      return { ...place, origin: place.origin + channel + dx * place.columnFloats };
    },
  };
}

/** Offset of (y, x) of a place's first channel. */
export function offsetAt({ origin, rows, rowFloats, columnFloats }: Place, y: number, x: number): number {
  return origin + (y % rows) * rowFloats + x * columnFloats;
}

function placeOf({ channels, rows, left, right }: Buffer, width: number, start: number) {
  if (rows === 0) {
    return { place: { origin: start, rows: 1, rowFloats: 0, columnFloats: 0 }, length: channels };
  }
  const rowFloats = (left + width + right) * channels;
  const place = { origin: start + left * channels, rows, rowFloats, columnFloats: channels };
  return { place, length: rows * rowFloats };
}
