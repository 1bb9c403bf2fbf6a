import { createParser } from "nuqs";

/** A whole number in a link; one outside its range counts as none. */
export function parseAsWhole(from: number, to: number) {
  return createParser({
    parse: (text) => (/^\d+$/.test(text) && Number(text) >= from && Number(text) <= to ? Number(text) : null),
    serialize: String,
  });
}
