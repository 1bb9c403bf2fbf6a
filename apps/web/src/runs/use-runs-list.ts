"use client";
/** Looks for runs now and then, while the page is seen and there is somebody to ask. */
import { useEffect } from "react";
import type { RunDigest } from "./run-digest.ts";
import { useRuns } from "./runs-store.ts";

const LOOK_MS = 4000;

export function useRunsList(): readonly RunDigest[] | null {
  const { runs, refresh } = useRuns();
  const isLocal = runs !== null && runs.length > 0;
  useEffect(() => {
    if (runs === null) void refresh();
  }, [runs, refresh]);
  useEffect(() => {
    if (!isLocal) return;
    const timer = setInterval(() => {
      if (!document.hidden) void refresh();
    }, LOOK_MS);
    return () => clearInterval(timer);
  }, [isLocal, refresh]);
  return runs;
}
