import type { Growth } from "../drawing/growth.ts";
import type { Levels } from "../pictures/paint-levels.ts";

/** The pictures of a drawing, once they are complete. */
export function finishedLevels(growth: Growth | null): Levels | null {
  if (growth === null || growth.snapshot.picture === null || growth.available < growth.total) return null;
  return { pixels: growth.pixels, picture: growth.snapshot.picture };
}
