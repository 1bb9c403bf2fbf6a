"use client";
/** A picture of the model's own to begin with: a blank one is no good start. */
import { useEffect, useState } from "react";
import type { ModelEntry } from "../../state/models/model-entry.ts";
import { planDrawing } from "../../state/playback/drawing-plan.ts";
import { usePlayback, usePlaybackPart } from "../../state/playback/use-playback.ts";
import type { DrawingRequest } from "../../workers/drawing/drawing-request.ts";
import type { ModelSummary } from "../../workers/drawing/model-summary.ts";

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
  const playback = usePlayback(entry, request, { pace: "whole" });
  const state = usePlaybackPart(playback, "state");
  useEffect(() => {
    if (state !== "done" || playback === null) return;
    setRequest(null);
    onExample(playback.pixels.slice());
  }, [state, playback, onExample]);
  return (number) => {
    if (summary === null) return;
    const chosen = label ?? (FIRST_CLASS + number) % Math.max(1, summary.classes);
    setRequest(planDrawing(summary, { seed: number, temperature: 1, label: chosen, count: 1 }));
  };
}
