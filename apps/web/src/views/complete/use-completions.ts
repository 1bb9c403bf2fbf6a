"use client";
/**
 * Completions of the drawing as it is now. Their noise is that of the seed, whatever is drawn: what changes, changes because of the
 * drawing. While a stroke goes on each set of completions is finished before the next begins, so that there is always something to see.
 */
import { useEffect, useMemo, useRef, useState } from "react";
import type { ModelEntry } from "../../state/models/model-entry.ts";
import type { Pace } from "../../state/playback/pace.ts";
import type { Playback } from "../../state/playback/playback.ts";
import { usePlayback, usePlaybackPart } from "../../state/playback/use-playback.ts";
import type { DrawingRequest } from "../../workers/drawing/drawing-request.ts";

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
): Playback | null {
  const wanted = useMemo(() => {
    if (plan === null || levels === null) return null;
    return { ...plan, known: { levels, mask: new Uint8Array(levels.length).fill(1, 0, kept) } };
  }, [plan, levels, kept]);
  const [request, setRequest] = useState<DrawingRequest | null>(null);
  const usedPlan = useRef(plan);
  const playback = usePlayback(entry, request, options);
  const state = usePlaybackPart(playback, "state");
  const isBusy = request !== null && (state === "loading" || state === "drawing");
  useEffect(() => {
    if (isDrawing && isBusy && usedPlan.current === plan) return;
    usedPlan.current = plan;
    setRequest(wanted);
  }, [wanted, plan, isDrawing, isBusy]);
  return playback;
}
