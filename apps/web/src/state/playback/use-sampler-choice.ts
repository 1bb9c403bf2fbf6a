"use client";
/** Tells the worker which sampler the address asks for, before anything is drawn. Every view that draws uses it. */
import { useEffect } from "react";
import type { SamplerChoice } from "../../workers/drawing/device-status.ts";
import { useDevice } from "../../workers/drawing/device-store.ts";
import { drawingWorker } from "../../workers/drawing/drawing-worker.ts";
import { useDrawingState } from "../address/use-drawing-state.ts";

/**
 * The choice that the worker knows: draw when it is the address's.
 *
 * @param auto what is meant where the address leaves it open.
 */
export function useSamplerChoice(auto: SamplerChoice = "auto"): boolean {
  const [state] = useDrawingState();
  const sampler = state.sampler === "auto" ? auto : state.sampler;
  const { choice, setChoice } = useDevice();
  useEffect(() => {
    if (choice === sampler) return;
    setChoice(sampler);
    void drawingWorker.running.engine.choose(sampler);
  }, [choice, sampler, setChoice]);
  return choice === sampler;
}
