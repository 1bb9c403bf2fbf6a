/** A model that the visitor can choose, wherever it lies. */
import type { Measured, ModelCard } from "./manifest.ts";
import type { ModelSummary } from "./model-summary.ts";

export interface ModelEntry {
  /** Name in the URL: "glyphs", "run:mnist", "file:mine". */
  readonly id: string;
  readonly title: string;
  readonly source: "site" | "run" | "file";
  /** Null for a run's model that was not opened yet: `loadModel` tells. */
  readonly summary: ModelSummary | null;
  readonly card: ModelCard | null;
  /** On the whole test set; left out for a model of which only its own file tells, which may tell of a part of the set. */
  readonly measured?: Measured;
  readonly bytes: number | null;
  /** Where this site has its test pictures, see test-pictures.ts; left out when it has none. */
  readonly testPictures?: string;
  /** The file. @throws when it cannot be fetched. */
  read(): Promise<ArrayBuffer>;
}
