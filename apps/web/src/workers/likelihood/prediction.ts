/** What a model says of one picture. Plain data: it comes from the likelihood worker. */
export interface Prediction {
  /** Nats at temperature 1, [H, W, C, K]: what was expected at every value before it was seen. */
  readonly distributions: Float32Array<ArrayBuffer>;
  /** log p of the picture's own levels, nats, [H, W, C]. */
  readonly logProbabilities: Float32Array<ArrayBuffer>;
  /** The class that this is for: the one asked for, else the most probable one; null for a model without classes. */
  readonly label: number | null;
  /** p(class | picture) of `label`, all classes alike before; null unless all were compared. */
  readonly classProbability: number | null;
}

/** What the logits of a network see of a picture, in offsets from their own pixel; all channels of a pixel count as one. */
export interface Field {
  /** "model" for the model's own network, else a preset of core. */
  readonly network: "model" | "naive" | "pixelcnn" | "gated" | "row-lstm" | "diagonal-bilstm";
  readonly seen: readonly Place[];
  /** Earlier pixels within the seen rows and columns that are not seen. */
  readonly blindSpot: readonly Place[];
}

export type Place = readonly [dy: number, dx: number];
