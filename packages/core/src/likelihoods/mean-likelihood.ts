/**
 * Mean negative log-likelihood of a number of pictures. Its fields, and `imagesPerSecond` of training events, are fields of model files, run
 * directories and `--json`; there alone a picture is called an image, so that files written before are read.
 */
export interface MeanLikelihood {
  /** Pictures measured. */
  readonly images: number;
  /** Nats per picture. */
  readonly nats: number;
  readonly bitsPerDim: number;
}
