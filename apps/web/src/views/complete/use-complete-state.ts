"use client";
/** What a link to a completion carries besides the drawing state: the drawing itself, how much of it is kept, how many completions. */
import { parseAsString } from "nuqs";
import { parseAsWhole } from "../../state/address/parsers.ts";
import { useAddress } from "../../state/address/use-address.ts";

export const MAX_COMPLETIONS = 24;

const state = {
  /** Packed levels, see pictures/pack-levels.ts; null for none. Inspect reads the same name. */
  drawing: parseAsString,
  /** Rows kept, from the top; null for half. */
  rows: parseAsWhole(0, 2 ** 16),
  completions: parseAsWhole(1, MAX_COMPLETIONS).withDefault(8),
};

export function useCompleteState() {
  return useAddress(state);
}
