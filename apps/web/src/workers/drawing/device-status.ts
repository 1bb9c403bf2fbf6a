/** What the visitor may prefer. `auto` is the shader on a real GPU, else the incremental sampler in the worker. */
export const SAMPLER_CHOICES = ["auto", "shader", "incremental"] as const;
export type SamplerChoice = (typeof SAMPLER_CHOICES)[number];

/** Which sampler draws, and why it and no other. */
export interface DeviceStatus {
  readonly sampler: "shader" | "incremental" | "naive";
  /** The GPU as its driver calls it; null when there is none or it was never asked. */
  readonly adapter: string | null;
  /** A sentence for the visitor. */
  readonly reason: string;
}

/** What a measurement found. */
export interface Measurement {
  readonly sampler: DeviceStatus["sampler"];
  readonly count: number;
  readonly msPerPicture: number;
}
