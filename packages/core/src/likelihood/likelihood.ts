/** Mean negative log-likelihood of a number of pictures. */
export interface Likelihood {
  readonly images: number;
  /** Nats a picture. */
  readonly nats: number;
  readonly bitsPerDim: number;
}
