/** Numbers in a link. One outside its range is as good as none: whoever shortened the link gets the default. */
import { createParser } from "nuqs";

export const MAX_TEMPERATURE = 3;

export function parseAsWhole(from: number, to: number) {
  return createParser({
    parse: (text) => (/^\d+$/.test(text) ? within(Number(text), from, to) : null),
    serialize: String,
  });
}

export const parseAsTemperature = createParser({
  parse: (text) => (/^\d*\.?\d+$/.test(text) ? within(Number(text), 0, MAX_TEMPERATURE) : null),
  serialize: String,
});

function within(value: number, from: number, to: number): number | null {
  return value >= from && value <= to ? value : null;
}
