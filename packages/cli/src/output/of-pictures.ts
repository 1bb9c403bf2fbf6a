import { knownSet } from "@pixelcnn/datasets/catalogue";

/** How many test pictures a figure is of: "500 of 10,000" where the set is known to have more, else their number. */
export function ofPictures(images: number, dataset: string): string {
  const all = knownSet(dataset)?.testPictures;
  const few = images.toLocaleString("en");
  return isOfSome(images, dataset) ? `${few} of ${all!.toLocaleString("en")}` : few;
}

/** Is it known that the set has more test pictures than these? */
export function isOfSome(images: number, dataset: string): boolean {
  return images < (knownSet(dataset)?.testPictures ?? 0);
}
