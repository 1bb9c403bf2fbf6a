/** `models/manifest.json`: what the site carries. Written by scripts/copy-models.ts, smallest work first. */
import type { ModelSummary } from "../../workers/drawing/model-summary.ts";

/** A card of models/, as the page shows it: plain text. */
export interface ModelCard {
  /** What it draws, in one line. */
  readonly line: string;
  /** What the model is, in a sentence or two. */
  readonly lead: string;
  /** The rows of the card's table. */
  readonly facts: readonly (readonly [name: string, text: string])[];
}

/** The likelihood of a model, as `pnpm results` measured it on the whole test set. */
export interface Measured {
  /** Pictures of the test set. */
  readonly images: number;
  /** Mean over them. */
  readonly nats: number;
  readonly bitsPerDim: number;
}

/** A row of real pictures of a model's set, in the levels that it takes. */
export interface RealPictures {
  /** Relative to the manifest. */
  readonly file: string;
  /** Pixels of the row. */
  readonly width: number;
  readonly height: number;
  /** Pictures side by side. */
  readonly count: number;
  /** "the first of each class in the test set" */
  readonly which: string;
}

export interface ManifestEntry {
  readonly name: string;
  /** Relative to the manifest. */
  readonly file: string;
  readonly bytes: number;
  /** Of the model as compressed files name it, hex. */
  readonly digest: string;
  /** Whether it models pictures of every size, and not of its own alone. */
  readonly takesAnySize: boolean;
  readonly summary: ModelSummary;
  /** In the order of the labels; left out where classes have no names. */
  readonly classNames?: readonly string[];
  readonly card: ModelCard | null;
  /** Null for a model that `models/results.json` does not have. */
  readonly measured: Measured | null;
  /** Test pictures that surprised the model most and least, see test-pictures.ts; relative to the manifest. */
  readonly pictures?: string;
  readonly real?: RealPictures;
}

export interface Manifest {
  readonly models: readonly ManifestEntry[];
}
