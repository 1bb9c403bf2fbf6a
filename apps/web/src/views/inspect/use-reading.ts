"use client";
/** A picture together with everything that the model says of it, so that no picture is ever shown with another one's numbers. */
import { useMemo } from "react";
import { type Question, useLikelihood } from "../../state/likelihood/use-likelihood.ts";
import type { ModelEntry } from "../../state/models/model-entry.ts";
import type { Prediction } from "../../workers/likelihood/prediction.ts";
import type { Inspected } from "./use-inspected.ts";

export interface Reading {
  /** [H, W, C] */
  readonly levels: Uint8Array;
  readonly prediction: Prediction;
  /** The random numbers that drew it, [H, W, C], and at which temperature; null for a picture from elsewhere. */
  readonly noise: { readonly numbers: Float32Array; readonly temperature: number } | null;
}

/** What drew the picture, where it was drawn here. */
interface Source {
  readonly seed: number;
  readonly temperature: number;
}

/** @param label the class to read it as; null for the likeliest. */
export function useReading(
  entry: ModelEntry | null,
  { levels, index }: Inspected,
  label: number | null,
  { seed, temperature }: Source,
): { readonly reading: Reading | null; readonly problem: string | null } {
  const question = useMemo<Question<Reading> | null>(() => {
    if (entry === null || levels === null) return null;
    const ask: Question<Reading>["ask"] = async (engine) => {
      const prediction = await engine.predict(entry.id, levels, label);
      const noise =
        index === null ? null : { numbers: await engine.noise(entry.id, seed, index), temperature };
      return { levels, prediction, noise };
    };
    return { entry, ask };
  }, [entry, levels, index, label, seed, temperature]);
  const { value, question: asked, problem } = useLikelihood(question);
  const isOfModel = asked !== null && asked.entry === entry;
  return { reading: isOfModel ? value : null, problem: isOfModel ? problem : null };
}
