"use client";
/** A picture of the model's own to begin with: a blank one is no good start. */
import { useEffect, useState } from "react";
import { planDrawing } from "../../drawing/drawing-plan.ts";
import type { DrawingRequest } from "../../drawing/drawing-request.ts";
import { useGrowth, useGrowthSnapshot } from "../../drawing/use-growth.ts";
import type { ModelEntry } from "../../models/model-entry.ts";
import type { ModelSummary } from "../../models/model-summary.ts";

/** The class of the first example, where there are classes: a three tells that something is missing. */
const FIRST_CLASS = 3;

/**
 * @param onExample gets the levels, [H, W, C].
 * @returns draws an example; another number draws another one.
 */
export function useExample(
  entry: ModelEntry | null,
  summary: ModelSummary | null,
  label: number | null,
  onExample: (levels: Uint8Array) => void,
): (number: number) => void {
  const [request, setRequest] = useState<DrawingRequest | null>(null);
  const growth = useGrowth(entry, request, { pace: "full" });
  const { state } = useGrowthSnapshot(growth);
  useEffect(() => {
    if (state !== "done" || growth === null) return;
    setRequest(null);
    onExample(growth.pixels.slice());
  }, [state, growth, onExample]);
  return (number) => {
    if (summary === null) return;
    const chosen = label ?? (FIRST_CLASS + number) % Math.max(1, summary.classes);
    setRequest(planDrawing(summary, { seed: number, temperature: 1, label: chosen, count: 1 }));
  };
}
