/** The devices view as data: what this machine and this app do at the moment, and which engines were tried. */
import type { ProbeAnswer, StartableBackend } from "@pixelcnn/backends";

/** The machine and this app, over the time since the reading before. */
export interface HostReading {
  readonly processor: string;
  readonly cores: number;
  /** Shares of all cores, and of one core, 0 ... 1 and more; null before there were two readings. */
  readonly busy: number | null;
  readonly appBusy: number | null;
  /** Bytes. */
  readonly memory: number;
  readonly memoryFree: number;
  readonly appMemory: number;
}

/** A card as its driver tells of it. */
export interface GpuReading {
  readonly name: string;
  /** 0 ... 1; null where the driver does not say. */
  readonly busy: number | null;
  /** Bytes. */
  readonly memory: number;
  readonly memoryUsed: number;
}

export interface DevicesState {
  readonly host: HostReading | null;
  readonly gpus: readonly GpuReading[];
  /** The newest shares of all cores, the last one the newest. */
  readonly busy: readonly number[];
  /** By the engine; "waiting" and "trying" while it is not known. */
  readonly engines: ReadonlyMap<StartableBackend, ProbeAnswer | "waiting" | "trying">;
}

export const initialDevices: DevicesState = { host: null, gpus: [], busy: [], engines: new Map() };

export type DevicesAction =
  | { readonly type: "devices-read"; readonly host: HostReading; readonly gpus: readonly GpuReading[] }
  | {
      readonly type: "engine-tried";
      readonly engine: StartableBackend;
      readonly answer: ProbeAnswer | "waiting" | "trying";
    };

/** Readings that are kept: two minutes of them. */
const MOST_READINGS = 60;

export function updateDevices(state: DevicesState, action: DevicesAction): DevicesState {
  switch (action.type) {
    case "devices-read": {
      const { host, gpus } = action;
      const busy = host.busy === null ? state.busy : [...state.busy, host.busy].slice(-MOST_READINGS);
      return { ...state, host, gpus, busy };
    }
    case "engine-tried":
      return { ...state, engines: new Map([...state.engines, [action.engine, action.answer]]) };
    default:
      return action satisfies never;
  }
}

/** Is an engine being tried? Two at a time would measure each other. */
export function isTrying({ engines }: DevicesState): boolean {
  return [...engines.values()].some((answer) => answer === "waiting" || answer === "trying");
}
