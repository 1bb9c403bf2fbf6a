/** Malice that knows JSON: values replaced, removed, doubled and nested where a parser of bytes would stop at the first brace. */
import type { Random } from "./random.ts";

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

const VALUES: readonly Json[] = [
  null,
  true,
  0,
  -1,
  1,
  3,
  0.5,
  64,
  4096,
  65_536,
  2 ** 31,
  2 ** 53,
  -(2 ** 53),
  1e300,
  "",
  "x",
  "input",
  "convolution",
  "eval",
  "\u001b[2J",
  [],
  [0],
  [[0, 0]],
  {},
  { op: "add" },
];

/** The text with one to three values changed. @param text sound JSON. */
export function mutateJson(text: string, random: Random): string {
  const root = { json: JSON.parse(text) as Json };
  for (let left = 1 + random.below(3); left > 0; left--) changeOne(root, random);
  return JSON.stringify(root.json);
}

function changeOne(root: { json: Json }, random: Random): void {
  const places = placesIn(root);
  const [holder, key] = random.pick(places);
  const value = holder[key]!;
  switch (random.below(6)) {
    case 0:
      delete holder[key];
      if (root.json === undefined) root.json = null;
      break;
    case 1:
      holder[key] = [value];
      break;
    case 2:
      if (typeof value === "number") holder[key] = value + random.pick([-1, 1, 0.5, 2 ** 20]);
      else if (Array.isArray(value)) holder[key] = [...value, ...value];
      break;
    case 3: {
      const [other, otherKey] = random.pick(places);
      // A copy: a value inside itself would be no JSON.
      const copy = JSON.stringify(other[otherKey]);
      if (copy !== undefined) holder[key] = JSON.parse(copy) as Json;
      break;
    }
    default:
      holder[key] = structuredClone(random.pick(VALUES));
  }
}

type Place = [holder: Record<string, Json>, key: string];

/** Every value and where it stands, after those of `places`. */
function placesIn(holder: object, places: Place[] = []): Place[] {
  for (const [key, value] of Object.entries(holder)) {
    places.push([holder as Record<string, Json>, key]);
    if (typeof value === "object" && value !== null) placesIn(value, places);
  }
  return places;
}
