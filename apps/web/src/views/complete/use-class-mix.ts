"use client";
/**
 * Which classes the completions have. A model with classes must be told one; when the visitor names none, the kept rows decide: each
 * class gets as many of the completions as it is probable from them.
 */
import { useMemo } from "react";
import { type Question, useLikelihood } from "../../state/likelihood/use-likelihood.ts";
import type { ModelEntry } from "../../state/models/model-entry.ts";

export interface ClassMix {
  /** A label a completion; null until it is known, and for a model without classes. */
  readonly labels: readonly number[] | null;
  /** p(class | kept rows); null where the visitor chose, or there are no classes. */
  readonly probabilities: readonly number[] | null;
  /** Why there is no label: a sentence. */
  readonly problem: string | null;
}

interface Given {
  readonly levels: Uint8Array | null;
  /** Values that are kept, from the first. */
  readonly kept: number;
  readonly classes: number;
  /** The visitor's choice; null for none. */
  readonly label: number | null;
  /** Number of completions. */
  readonly count: number;
}

export function useClassMix(
  entry: ModelEntry | null,
  { levels, kept, classes, label, count }: Given,
): ClassMix {
  const isAsked = entry !== null && levels !== null && classes > 0 && (label === null || label >= classes);
  const answer = useLikelihood(
    useMemo<Question<number[]> | null>(
      () => (isAsked ? { entry, ask: (engine) => engine.classProbabilities(entry.id, levels, kept) } : null),
      [isAsked, entry, levels, kept],
    ),
  );
  const fits = isAsked && answer.question?.entry === entry;
  const probabilities = fits ? answer.value : null;
  const text = probabilities === null ? null : quantiles(probabilities, count).join();
  const chosen = label !== null && label < classes ? label : null;
  // The same labels stay the same object: equal completions are not drawn twice.
  const labels = useMemo(() => {
    if (classes === 0) return null;
    if (chosen !== null) return new Array<number>(count).fill(chosen);
    return text === null ? null : text.split(",").map(Number);
  }, [classes, chosen, count, text]);
  return { labels, probabilities, problem: fits ? answer.problem : null };
}

/** The class at the middle of each of `count` equal parts of the distribution. */
export function quantiles(probabilities: readonly number[], count: number): number[] {
  return Array.from({ length: count }, (_, i) => {
    let left = (i + 0.5) / count;
    for (let label = 0; label < probabilities.length; label++) {
      left -= probabilities[label]!;
      if (left < 0) return label;
    }
    return probabilities.length - 1;
  });
}
