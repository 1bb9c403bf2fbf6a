"use client";
/**
 * Completions of the drawing as it is now. Their noise is that of the seed, whatever is drawn: what changes, changes because of the
 * drawing. While a stroke goes on each set of completions is finished before the next begins, so that there is always something to see.
 */
import { useEffect, useMemo, useRef, useState } from "react";
import type { DrawingRequest } from "../../drawing/drawing-request.ts";
import type { Growth } from "../../drawing/growth.ts";
import type { Pace } from "../../drawing/pace.ts";
import { useGrowth, useGrowthSnapshot } from "../../drawing/use-growth.ts";
import type { ModelEntry } from "../../models/model-entry.ts";

interface Given {
  /** [H, W, C]; null while there is no drawing. */
  readonly levels: Uint8Array | null;
  /** Values that are kept, from the first. */
  readonly kept: number;
  readonly isDrawing: boolean;
}

/** @param plan what to draw, but for what is known; null while the model is not. */
export function useCompletions(
  entry: ModelEntry | null,
  plan: DrawingRequest | null,
  { levels, kept, isDrawing }: Given,
  options: { readonly pace: Pace; readonly restarts: number },
): Growth | null {
  const wanted = useMemo(() => {
    if (plan === null || levels === null) return null;
    return { ...plan, known: { levels, mask: new Uint8Array(levels.length).fill(1, 0, kept) } };
  }, [plan, levels, kept]);
  const [request, setRequest] = useState<DrawingRequest | null>(null);
  const usedPlan = useRef(plan);
  const growth = useGrowth(entry, request, options);
  const { state } = useGrowthSnapshot(growth);
  const isBusy = request !== null && (state === "loading" || state === "drawing");
  useEffect(() => {
    if (isDrawing && isBusy && usedPlan.current === plan) return;
    usedPlan.current = plan;
    setRequest(wanted);
  }, [wanted, plan, isDrawing, isBusy]);
  return growth;
}
