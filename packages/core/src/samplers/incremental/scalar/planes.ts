/** What a position is told of its place, at one position of one picture. */
import type { Planes } from "../../../lowering/index.ts";
import { planeValue } from "../../../network/operations/planes.ts";
import type { PictureShape } from "../../../picture.ts";
import { type Layout, offsetAt, type Place } from "./layout.ts";

/** Planes with their place in memory. */
export interface PlacedPlanes {
  readonly op: "planes";
  readonly planes: Planes["planes"];
  readonly picture: PictureShape;
  readonly target: Place;
}

export function placePlanes({ planes, target }: Planes, layout: Layout, picture: PictureShape): PlacedPlanes {
  return { op: "planes", planes, picture, target: layout.place(target) };
}

/** Writes the planes at (y, x) to the picture in `memory`. */
export function writePlanes(
  { planes, picture, target }: PlacedPlanes,
  memory: Float32Array,
  y: number,
  x: number,
): void {
  const to = offsetAt(target, y, x);
  planes.forEach((plane, f) => {
    memory[to + f] = planeValue(plane, picture, y, x);
  });
}
