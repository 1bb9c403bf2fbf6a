/** Which sampler draws, as the worker tells it, and what the visitor prefers. */
import { create } from "zustand";
import type { DeviceStatus, SamplerChoice } from "./device-status.ts";

interface DeviceState {
  readonly choice: SamplerChoice;
  /** Null until the worker has told. */
  readonly status: DeviceStatus | null;
  readonly setChoice: (choice: SamplerChoice) => void;
  readonly setStatus: (status: DeviceStatus) => void;
}

export const useDevice = create<DeviceState>((set) => ({
  choice: "auto",
  status: null,
  setChoice: (choice) => set({ choice }),
  setStatus: (status) => set({ status }),
}));
