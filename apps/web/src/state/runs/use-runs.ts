"use client";
/** Trainings for React. */
import { emptyHistory, type RunHistory } from "@pixelcnn/runs/history";
import { useEffect } from "react";
import type { RunDigest } from "./run-digest.ts";
import { useRuns } from "./runs-store.ts";

/** The runs of this machine, followed for as long as the view is there. */
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

/** What a run has told so far. It goes on while somebody follows the list, see `useRunsList`. */
export function useRunHistory(name: string): RunHistory {
  return useRuns((state) => state.histories.get(name) ?? emptyHistory);
}
