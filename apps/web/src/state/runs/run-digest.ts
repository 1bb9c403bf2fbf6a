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
  readonly records: readonly ShownRecord[];
}

/** What views show of a run's records, see `RunRecord` of @pixelcnn/runs: of a long curve no more points than can be seen. */
export type ShownRecord =
  | ({ readonly type: "step" } & StepLoss)
  | ({ readonly type: "evaluation" } & TestLoss)
  | ({ readonly type: "samples" } & Sheet)
  | { readonly type: "resumed"; readonly step: number };

/** Training loss of a step. */
export interface StepLoss {
  readonly step: number;
  /** A picture; null for what is no number. */
  readonly nats: number | null;
}

/** Test loss after a step. */
export interface TestLoss {
  readonly step: number;
  readonly test: { readonly nats: number | null };
}

/** A sheet of samples, all of a run from the same noise. */
export interface Sheet {
  readonly step: number;
  readonly epoch: number;
  /** Relative to the run. */
  readonly file: string;
}
