"use client";
import type { Growth } from "../../../drawing/growth.ts";
import { useGrowthSnapshot } from "../../../drawing/use-growth.ts";

/** How much of finished black-and-white pictures is ink. */
export function InkShare({ growth }: { readonly growth: Growth | null }) {
  const { state } = useGrowthSnapshot(growth);
  if (growth === null || state !== "done") return "drawing";
  const ink = growth.pixels.reduce((sum, level) => sum + level, 0);
  return `${((100 * ink) / growth.pixels.length).toFixed(1)}% ink`;
}
