/** How shares of pictures are written. */
import type { Copies } from "../../src/evaluation/count-copies.ts";
import type { Measurement } from "./record.ts";

export function percent(share: number): string {
  return `${(100 * share).toFixed(1)}%`;
}

/** What the judge says of samples beside what it says of real pictures: 1 where they are as clearly of their class as those. */
export function ratioOf({ agreement, classifier }: NonNullable<Measurement["classAgreement"]>): string {
  return (agreement / classifier.accuracy).toFixed(3);
}

/** "75.7% of 1,000 samples, by a classifier that …", as cards have it. */
export function agreementText(judged: NonNullable<Measurement["classAgreement"]>): string {
  const { images, agreement, classifier } = judged;
  return (
    `${percent(agreement)} of ${images.toLocaleString("en")} samples, by a classifier that names ${percent(classifier.accuracy)} of the real test pictures rightly: ` +
    `a ratio of ${ratioOf(judged)}`
  );
}

/** "0 of 1,000 samples are one of …", as cards have it. */
export function copiesText({ copies, images, trained }: Copies): string {
  const [samples, pictures] = [images, trained].map((count) => count.toLocaleString("en"));
  return `${copies} of ${samples} samples are one of ${pictures} pictures of the training`;
}
