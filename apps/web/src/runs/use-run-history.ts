"use client";
import { emptyHistory, type RunHistory } from "@pixelcnn/runs/history";
import { useRuns } from "./runs-store.ts";

/** What a run has told so far. It goes on while somebody follows the list, see `useRunsList`. */
export function useRunHistory(name: string): RunHistory {
  return useRuns((state) => state.histories.get(name) ?? emptyHistory);
}
