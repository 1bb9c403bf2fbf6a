"use client";
/** The runs of this machine, followed for as long as the view is there. */
import { useEffect } from "react";
import type { RunDigest } from "./run-digest.ts";
import { useRuns } from "./runs-store.ts";

export function useRunsList(): readonly RunDigest[] | null {
  // One by one: histories change all the time.
  const runs = useRuns((state) => state.runs);
  const isLive = useRuns((state) => state.isLive);
  const load = useRuns((state) => state.load);
  const follow = useRuns((state) => state.follow);
  useEffect(() => void load(), [load]);
  useEffect(() => (isLive ? follow() : undefined), [isLive, follow]);
  return runs;
}
