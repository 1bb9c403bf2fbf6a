/** Mean negative log-likelihood of a number of pictures. */
export interface MeanLikelihood {
  readonly images: number;
  /** Nats per picture. */
  readonly nats: number;
  readonly bitsPerDim: number;
}
