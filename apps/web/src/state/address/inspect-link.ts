/** The address of a drawn picture in Inspect. */

interface DrawnPicture {
  /** Id of its model. */
  readonly model: string;
  readonly seed: number;
  /** Its number among the pictures of the seed, from 0. */
  readonly index: number;
  /** 1 when left out. */
  readonly temperature?: number;
  /** The class of all pictures; null, or left out, for all in turn. */
  readonly label?: number | null;
}

export function inspectLink({ model, seed, index, temperature = 1, label = null }: DrawnPicture): string {
  const query = new URLSearchParams({ model, seed: String(seed), picture: String(index) });
  if (temperature !== 1) query.set("temperature", String(temperature));
  if (label !== null) query.set("class", String(label));
  return `/inspect/?${query}`;
}
