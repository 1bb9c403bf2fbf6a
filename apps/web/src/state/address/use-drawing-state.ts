"use client";
/** The state that a link carries. Opening it gives the same pictures: `?model=glyphs&seed=7&class=3`. */
import { parseAsString, parseAsStringLiteral } from "nuqs";
import { SAMPLER_CHOICES } from "../../workers/drawing/device-status.ts";
import { MAX_COUNT } from "../../workers/drawing/drawing-request.ts";
import { parseAsTemperature, parseAsWhole } from "./parsers.ts";
import { useAddress } from "./use-address.ts";

const state = {
  /** Id of a model, see ModelEntry; null for the first. */
  model: parseAsString,
  seed: parseAsWhole(0, Number.MAX_SAFE_INTEGER).withDefault(0),
  temperature: parseAsTemperature.withDefault(1),
  /** A class label; null for all in turn. */
  class: parseAsWhole(0, 2 ** 31 - 1),
  count: parseAsWhole(1, MAX_COUNT).withDefault(25),
  sampler: parseAsStringLiteral(SAMPLER_CHOICES).withDefault("auto"),
};

export function useDrawingState() {
  return useAddress(state);
}
