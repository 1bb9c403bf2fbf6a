/** A model that the visitor can choose, wherever it lies. */

import type { ModelSummary } from "../../workers/drawing/model-summary.ts";
import type { ModelSource } from "../../workers/model-worker.ts";
import type { Measured, ModelCard, RealPictures } from "./manifest.ts";

export interface ModelEntry extends ModelSource {
  /** Name in the URL: "glyphs", "run:mnist", "file:mine". */
  readonly id: string;
  readonly title: string;
  /** Null for a run's model that was not opened yet: `loadModel` tells. */
  readonly summary: ModelSummary | null;
  readonly card: ModelCard | null;
  /** In the order of the labels; left out where nobody has named them. */
  readonly classNames?: readonly string[];
  /** On the whole test set; left out for a model of which only its own file tells, which may tell of a part of the set. */
  readonly measured?: Measured;
  readonly bytes: number | null;
  /** Of the model as compressed files name it, hex; left out where nobody looked. */
  readonly digest?: string;
  /** Whether it models pictures of every size; left out where nobody looked. */
  readonly takesAnySize?: boolean;
  /** Where this site has its test pictures, see test-pictures.ts; left out when it has none. */
  readonly testPictures?: string;
  /** `file` where this site has it; left out when it has none. */
  readonly real?: RealPictures;
}
