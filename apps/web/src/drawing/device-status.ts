/** What the visitor may prefer. `auto` is the shader on a real GPU, else the incremental reader in the worker. */
export const READER_CHOICES = ["auto", "shader", "incremental"] as const;
export type ReaderChoice = (typeof READER_CHOICES)[number];

/** Which reader draws, and why it and no other. */
export interface DeviceStatus {
  readonly reader: "shader" | "incremental" | "naive";
  /** The GPU as its driver calls it; null when there is none or it was never asked. */
  readonly adapter: string | null;
  /** A sentence for the visitor. */
  readonly reason: string;
}

/** What a measurement found. */
export interface Measurement {
  readonly reader: DeviceStatus["reader"];
  readonly count: number;
  readonly msPerPicture: number;
}
