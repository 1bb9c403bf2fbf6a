"use client";
import type { ModelSummary } from "../../workers/drawing/model-summary.ts";
/** The model that the address names, with what is known of it. An address that names what cannot be is corrected, and the visitor told. */
import { useCorrection } from "../address/use-correction.ts";
import { useDrawingState } from "../address/use-drawing-state.ts";
import type { ModelEntry } from "./model-entry.ts";
import { useModels } from "./model-store.ts";
import { useModel } from "./use-model.ts";
import { useModelSummary } from "./use-model-summary.ts";

export interface ChosenModel {
  readonly entry: ModelEntry | null;
  /** Null until the model is known. */
  readonly summary: ModelSummary | null;
  /** Why it cannot be used: a sentence. */
  readonly problem: string | null;
}

export function useChosenModel(): ChosenModel {
  const [{ model, class: label }, setState] = useDrawingState();
  const { entry, problem } = useModel(model);
  const { summary, problem: unread } = useModelSummary(entry);
  const { models } = useModels();
  const first = models?.[0]?.title;
  // A file may be dropped yet, and a training's machine be started; the site's own models are all there.
  const isNowhere = problem !== null && first !== undefined && model !== null && !/^(file|run):/.test(model);
  useCorrection(
    isNowhere ? `There is no model called ${model} here: this is ${first}, the first one.` : null,
    () => setState({ model: null, class: null }),
  );
  const isClassless = summary !== null && label !== null && label >= summary.classes;
  useCorrection(
    isClassless ? `The link asks for class ${label}, which ${entry?.title} has not: it was left out.` : null,
    () => setState({ class: null }),
  );
  return { entry, summary, problem: isNowhere ? null : (problem ?? unread) };
}
