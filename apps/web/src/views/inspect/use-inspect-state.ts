"use client";
/** What a link to a pixel carries besides the drawing state: which picture, which pixel, and how it is looked at. */
import { createParser, parseAsString, parseAsStringLiteral } from "nuqs";
import { useAddress } from "../../state/address/use-address.ts";

/** Whole pictures with the receptive field of the pixel, plain, or only what is drawn before it. */
export const LOOKS = ["field", "plain", "drawing"] as const;
export type Look = (typeof LOOKS)[number];

const state = {
  /** The visitor's picture, packed: see pictures/pack-levels.ts. Complete writes the same name. */
  drawing: parseAsString,
  /** A drawn picture by its number, a test picture ("most-2"), or "yours". Null for yours when there is one, else the first. */
  picture: parseAsString,
  /** Row and column, from 0; null for the most surprising one. */
  pixel: createParser<readonly [number, number]>({
    parse: (text) => {
      const found = /^(\d{1,4})-(\d{1,4})$/.exec(text);
      return found === null ? null : [Number(found[1]), Number(found[2])];
    },
    serialize: ([row, column]) => `${row}-${column}`,
  }),
  look: parseAsStringLiteral(LOOKS).withDefault("field"),
};

export function useInspectState() {
  return useAddress(state);
}
