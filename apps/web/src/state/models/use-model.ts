"use client";
/** The model that the address names: the first one when it names none. */
import { useEffect } from "react";
import { useUnfetched } from "../../site/unfetched.ts";
import { useRuns } from "../runs/runs-store.ts";
import type { ModelEntry } from "./model-entry.ts";
import { useModels } from "./model-store.ts";

export interface ChosenModel {
  readonly entry: ModelEntry | null;
  /** Why there is none, when it is known: a sentence. */
  readonly problem: string | null;
}

export function useModel(id: string | null): ChosenModel {
  const { models, error, load } = useModels();
  const runs = useRuns((state) => state.runs);
  const loadRuns = useRuns((state) => state.load);
  const attempt = useUnfetched((state) => state.attempt);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what failed is tried again.
  useEffect(() => void load(), [load, attempt]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what failed is tried again.
  useEffect(() => void loadRuns(), [loadRuns, attempt]);
  if (error !== null) return { entry: null, problem: error };
  const entry = id === null ? models?.[0] : models?.find((model) => model.id === id);
  if (entry !== undefined) return { entry, problem: null };
  return { entry: null, problem: models === null || runs === null ? null : missing(id) };
}

function missing(id: string | null): string {
  if (id === null) return "This site carries no models; drop a model file on the page.";
  if (id.startsWith("file:"))
    return `The link names a file, ${id.slice(5)}, that only its owner has: drop it on the page.`;
  if (id.startsWith("run:")) return `The link names a training, ${id.slice(4)}, of another machine.`;
  return `There is no model called ${id} here; choose another one.`;
}
