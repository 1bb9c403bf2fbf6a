"use client";
/** A drawing for React: opened when the request changes, closed when the view goes. */
import { useEffect, useRef, useState, useSyncExternalStore } from "react";
import { useUnfetched } from "../../site/unfetched.ts";
import type { DrawingRequest } from "../../workers/drawing/drawing-request.ts";
import { drawingWorker } from "../../workers/drawing/drawing-worker.ts";
import type { EngineWorker } from "../../workers/drawing/engine-worker.ts";
import type { ModelEntry } from "../models/model-entry.ts";
import type { Pace } from "./pace.ts";
import { Playback, type PlaybackSnapshot } from "./playback.ts";

export interface UsePlaybackOptions {
  readonly pace: Pace;
  /** Starts by itself; true by default. */
  readonly autoPlay?: boolean;
  /** Who draws; the page's drawing worker by default. */
  readonly worker?: EngineWorker;
  /** Another number draws the same pictures from the start. */
  readonly restarts?: number;
  /** The visitor did not ask for this model: that it cannot be fetched is said by the view alone. */
  readonly isUnasked?: boolean;
}

/**
 * @param entry null while there is no model.
 * @param request keep it the same object (useMemo) as long as it means the same pictures; null for nothing to draw.
 */
export function usePlayback(
  entry: ModelEntry | null,
  request: DrawingRequest | null,
  { pace, autoPlay = true, restarts = 0, worker = drawingWorker, isUnasked = false }: UsePlaybackOptions,
): Playback | null {
  const [playback, setPlayback] = useState<Playback | null>(null);
  const [failures, setFailures] = useState(0);
  const latest = useRef({ pace, autoPlay });
  latest.current = { pace, autoPlay };
  // biome-ignore lint/correctness/useExhaustiveDependencies: `restarts` and `failures` are there to start again.
  useEffect(() => {
    if (entry === null || request === null) return;
    const { pace, autoPlay } = latest.current;
    const opened = new Playback(entry, request, { pace, playing: autoPlay, worker, isUnasked });
    setPlayback(opened);
    // The old pictures stay until the new ones are there: nothing flickers.
    return () => opened.close();
  }, [entry, request, restarts, failures, worker, isUnasked]);
  useEffect(() => playback?.setPace(pace), [playback, pace]);
  useEffect(
    () =>
      useUnfetched.subscribe(({ attempt }, before) => {
        if (attempt !== before.attempt && playback?.snapshot.state === "failed") setFailures((n) => n + 1);
      }),
    [playback],
  );
  return entry === null || request === null ? null : playback;
}

const NOTHING: PlaybackSnapshot = { state: "loading", picture: null, rows: 0, computeMs: 0, error: null };
const never = () => () => {};

/** One thing of a drawing: told when this changes, and not with every row that is shown. */
export function usePlaybackPart<Part extends keyof PlaybackSnapshot>(
  playback: Playback | null,
  part: Part,
): PlaybackSnapshot[Part] {
  return useSyncExternalStore(
    playback?.subscribe ?? never,
    () => (playback?.snapshot ?? NOTHING)[part],
    () => NOTHING[part],
  );
}

/** What changes seldom of a drawing: its state, and how many rows are shown. */
export function usePlaybackSnapshot(playback: Playback | null): PlaybackSnapshot {
  return useSyncExternalStore(
    playback?.subscribe ?? never,
    playback?.getSnapshot ?? (() => NOTHING),
    () => NOTHING,
  );
}
