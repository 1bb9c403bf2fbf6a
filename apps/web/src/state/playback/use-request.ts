"use client";
/** The address as a request: another object whenever other pictures, or another sampler, are meant. */
import { useMemo } from "react";
import type { SamplerChoice } from "../../workers/drawing/device-status.ts";
import type { DrawingRequest } from "../../workers/drawing/drawing-request.ts";
import { useDrawingState } from "../address/use-drawing-state.ts";
import type { ModelEntry } from "../models/model-entry.ts";
import { useModelSummary } from "../models/use-model-summary.ts";
import { type DrawingSettings, planDrawing } from "./drawing-plan.ts";
import { useSamplerChoice } from "./use-sampler-choice.ts";

/**
 * @param own what the view decides itself rather than the address.
 * @returns null until the model's summary is known and the worker knows the sampler.
 */
export function useRequest(
  entry: ModelEntry | null,
  own: Partial<Omit<DrawingSettings, "seed">> & { readonly sampler?: SamplerChoice } = {},
): DrawingRequest | null {
  const [state] = useDrawingState();
  const isReady = useSamplerChoice(own.sampler);
  const summary = useModelSummary(entry).summary;
  const { seed, sampler } = state;
  const { count = state.count, label = state.class, temperature = state.temperature, firstIndex = 0 } = own;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the same pictures are drawn again when the sampler changes.
  return useMemo(
    () => (summary && isReady ? planDrawing(summary, { seed, temperature, label, count, firstIndex }) : null),
    [summary, isReady, seed, temperature, label, count, firstIndex, sampler],
  );
}
