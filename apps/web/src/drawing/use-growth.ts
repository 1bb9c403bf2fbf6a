"use client";
/** A drawing for React: opened when the request changes, closed when the view goes. */
import { useEffect, useRef, useState, useSyncExternalStore } from "react";
import type { ModelEntry } from "../models/model-entry.ts";
import { useUnfetched } from "../models/unfetched.ts";
import type { DrawingRequest } from "./drawing-request.ts";
import { drawingWorker } from "./drawing-worker.ts";
import type { EngineWorker } from "./engine-worker.ts";
import { Growth, type GrowthSnapshot } from "./growth.ts";
import type { Pace } from "./pace.ts";

export interface UseGrowthOptions {
  readonly pace: Pace;
  /** Starts by itself; true by default. */
  readonly autoPlay?: boolean;
  /** Who draws; the page's drawing worker by default. */
  readonly worker?: EngineWorker;
  /** Another number draws the same pictures from the start. */
  readonly restarts?: number;
}

/**
 * @param entry null while there is no model.
 * @param request keep it the same object (useMemo) as long as it means the same pictures; null for nothing to draw.
 */
export function useGrowth(
  entry: ModelEntry | null,
  request: DrawingRequest | null,
  { pace, autoPlay = true, restarts = 0, worker = drawingWorker }: UseGrowthOptions,
): Growth | null {
  const [growth, setGrowth] = useState<Growth | null>(null);
  const [failures, setFailures] = useState(0);
  const latest = useRef({ pace, autoPlay });
  latest.current = { pace, autoPlay };
  // biome-ignore lint/correctness/useExhaustiveDependencies: `restarts` and `failures` are there to start again.
  useEffect(() => {
    if (entry === null || request === null) return;
    const { pace, autoPlay } = latest.current;
    const opened = new Growth(entry, request, { pace, playing: autoPlay, worker });
    setGrowth(opened);
    // The old pictures stay until the new ones are there: nothing flickers.
    return () => opened.close();
  }, [entry, request, restarts, failures, worker]);
  useEffect(() => growth?.setPace(pace), [growth, pace]);
  useEffect(
    () =>
      useUnfetched.subscribe(({ attempt }, before) => {
        if (attempt !== before.attempt && growth?.snapshot.state === "failed") setFailures((n) => n + 1);
      }),
    [growth],
  );
  return entry === null || request === null ? null : growth;
}

const NOTHING: GrowthSnapshot = { state: "loading", picture: null, rows: 0, computeMs: 0, error: null };
const never = () => () => {};

/** What changes seldom of a drawing: its state, and how many rows are shown. */
export function useGrowthSnapshot(growth: Growth | null): GrowthSnapshot {
  return useSyncExternalStore(
    growth?.subscribe ?? never,
    growth?.getSnapshot ?? (() => NOTHING),
    () => NOTHING,
  );
}
