import type { PictureShape } from "@pixelcnn/core";

/** "12 colours", "1024 codes" or "256 levels". */
export function levelsText({
  levels,
  palette,
  unordered,
}: Pick<PictureShape, "levels" | "palette" | "unordered">): string {
  return `${levels} ${palette ? "colours" : unordered ? "codes" : "levels"}`;
}
