"use client";
/** Answers of the likelihood worker for React. */
import type { Remote } from "comlink";
import { useEffect, useRef, useState } from "react";
import { useUnfetched } from "../../site/unfetched.ts";
import type { LikelihoodEngine } from "../../workers/likelihood/likelihood-engine.ts";
import { askLikelihood } from "../../workers/likelihood/likelihood-worker.ts";
import type { ModelEntry } from "../models/model-entry.ts";

/** What is asked. Keep it the same object (useMemo) as long as it is the same question; null for none. */
export interface Question<T> {
  readonly entry: ModelEntry;
  readonly ask: (engine: Remote<LikelihoodEngine>) => Promise<T>;
}

export interface Answer<T> {
  /** Of the last question that was answered: `question` says whether that is the one asked now. */
  readonly value: T | null;
  readonly question: Question<T> | null;
  /** A sentence, when the last question failed. */
  readonly problem: string | null;
}

/** One question at a time; whoever asks faster than answers come gets those of the newest question. */
export function useLikelihood<T>(question: Question<T> | null): Answer<T> {
  const [answer, setAnswer] = useState<Answer<T>>({ value: null, question: null, problem: null });
  const newest = useRef(question);
  const isBusy = useRef(false);
  const isGone = useRef(false);
  const attempt = useUnfetched((state) => state.attempt);
  useEffect(() => {
    isGone.current = false;
    return () => {
      isGone.current = true;
    };
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what failed is asked again.
  useEffect(() => {
    newest.current = question;
    if (isBusy.current) return;
    const next = async () => {
      const asked = newest.current;
      if (asked === null || isGone.current) return;
      isBusy.current = true;
      const found = await askLikelihood(asked.entry, asked.ask).then(
        (value) => ({ value, question: asked, problem: null }),
        (error: Error) => ({ value: null, question: asked, problem: error.message }),
      );
      isBusy.current = false;
      if (!isGone.current && newest.current !== null) setAnswer(found);
      if (newest.current !== asked) void next();
    };
    void next();
  }, [question, attempt]);
  return answer;
}
