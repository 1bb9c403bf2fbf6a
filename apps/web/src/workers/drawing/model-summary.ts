import type { LikelihoodKind, PictureShape, Provenance } from "@pixelcnn/core";

/** What the page knows of a model without holding its weights. */
export interface ModelSummary {
  readonly picture: PictureShape;
  /** Number of class labels; 0 for none. */
  readonly classes: number;
  /** How its logits are read. */
  readonly likelihood: LikelihoodKind;
  /** Trainable numbers. */
  readonly weights: number;
  /** Multiply-adds of one forward pass: what a picture costs a sampler that computes nothing twice. */
  readonly work: number;
  readonly provenance: Provenance;
}
