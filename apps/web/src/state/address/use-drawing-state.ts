"use client";
/** The state that a link carries. Opening it gives the same pictures: `?model=glyphs&seed=7&class=3`. */
import { createParser, parseAsString, parseAsStringLiteral } from "nuqs";
import { SAMPLER_CHOICES } from "../../workers/drawing/device-status.ts";
import { MAX_COUNT } from "../../workers/drawing/drawing-request.ts";
import { useAddress } from "./use-address.ts";

export const MAX_TEMPERATURE = 3;

const state = {
  /** Id of a model, see ModelEntry; null for the first. */
  model: parseAsString,
  seed: wholeNumber(0, Number.MAX_SAFE_INTEGER).withDefault(0),
  temperature: createParser({
    parse: (text) => (/^\d*\.?\d+$/.test(text) ? within(Number(text), 0, MAX_TEMPERATURE) : null),
    serialize: String,
  }).withDefault(1),
  /** A class label; null for all in turn. */
  class: wholeNumber(0, 2 ** 31 - 1),
  count: wholeNumber(1, MAX_COUNT).withDefault(25),
  reader: parseAsStringLiteral(SAMPLER_CHOICES).withDefault("auto"),
};

export function useDrawingState() {
  return useAddress(state);
}

/** A number outside its range is as good as none: whoever shortened the link gets the default. */
function wholeNumber(from: number, to: number) {
  return createParser({
    parse: (text) => (/^\d+$/.test(text) ? within(Number(text), from, to) : null),
    serialize: String,
  });
}

function within(value: number, from: number, to: number): number | null {
  return value >= from && value <= to ? value : null;
}
