"use client";
/** What is known of a model: at once for the site's, after its file was read for a run's. */
import { useEffect, useState } from "react";
import { useUnfetched } from "../../site/unfetched.ts";
import { drawingWorker } from "../../workers/drawing/drawing-worker.ts";
import type { ModelSummary } from "../../workers/drawing/model-summary.ts";
import type { ModelEntry } from "./model-entry.ts";

interface Known {
  readonly summary: ModelSummary | null;
  /** Why the file cannot be used: a sentence. */
  readonly problem: string | null;
}

const UNKNOWN: Known = { summary: null, problem: null };

export function useModelSummary(entry: ModelEntry | null): Known {
  const [read, setRead] = useState<{ readonly entry: ModelEntry; readonly known: Known } | null>(null);
  const attempt = useUnfetched((state) => state.attempt);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what failed is tried again; what is loaded, is loaded once.
  useEffect(() => {
    if (entry === null || entry.summary !== null) return;
    drawingWorker.loadModel(entry).then(
      (summary) => setRead({ entry, known: { summary, problem: null } }),
      (error: Error) => setRead({ entry, known: { summary: null, problem: error.message } }),
    );
  }, [entry, attempt]);
  if (entry !== null && entry.summary !== null) return { summary: entry.summary, problem: null };
  return read !== null && read.entry === entry ? read.known : UNKNOWN;
}
