/** The epoch that all sheets show: one slider moves them together, so trainings can be compared. Null for the newest. */
import { create } from "zustand";

interface ScrubState {
  readonly epoch: number | null;
  readonly setEpoch: (epoch: number | null) => void;
}

export const useScrub = create<ScrubState>((set) => ({
  epoch: null,
  setEpoch: (epoch) => set({ epoch }),
}));
