import type { RunRecord } from "@pixelcnn/runs";

/** One training of this machine, as the list of the `/runs` reader tells it. */
export interface RunDigest {
  readonly name: string;
  readonly state: "training" | "done" | "stopped";
  readonly dataset: string | null;
  /** Name of the architecture. */
  readonly network: string | null;
  readonly weights: number | null;
  readonly step: number;
  readonly test: {
    readonly images: number;
    readonly nats: number | null;
    readonly bitsPerDim: number | null;
  } | null;
  /** The file to draw with; null before the first checkpoint. */
  readonly modelFile: string | null;
  /** Changes whenever that file does. */
  readonly modelStamp: number;
}

/** `runs/index.json`. A static host has one too, with no runs in it. */
export interface RunList {
  /** Is there somebody who tells of trainings while they go on, at `runs/events`? */
  readonly isLive: boolean;
  readonly runs: readonly RunDigest[];
}

/** The next records of one run, of those that `runs/events` tells. */
export interface RunRecords {
  readonly run: string;
  readonly records: readonly RunRecord[];
}
