"use client";
/** Tells the worker which sampler the address asks for, before anything is drawn. Every view that draws uses it. */
import { useEffect } from "react";
import { useDevice } from "../../workers/drawing/device-store.ts";
import { drawingWorker } from "../../workers/drawing/drawing-worker.ts";
import { useDrawingState } from "../address/use-drawing-state.ts";

/** The choice that the worker knows: draw when it is the address's. */
export function useSamplerChoice(): boolean {
  const [{ sampler }] = useDrawingState();
  const { choice, setChoice } = useDevice();
  useEffect(() => {
    if (choice === sampler) return;
    setChoice(sampler);
    void drawingWorker.running.engine.choose(sampler);
  }, [choice, sampler, setChoice]);
  return choice === sampler;
}
