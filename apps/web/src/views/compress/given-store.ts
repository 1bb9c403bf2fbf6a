/** What the visitor brought to compress: it stays while other views are looked at. */
import { create } from "zustand";
import type { StoredPicture } from "../../workers/compression/compressed.ts";

/** The pictures of a file, one of which is shown, and what the file is called. */
export interface Given {
  readonly name: string;
  readonly pictures: readonly StoredPicture[];
  readonly shown: number;
}

interface GivenState {
  /** Null while a test picture is shown. */
  readonly given: Given | null;
  /** Which test picture, counted on from one model to the next. */
  readonly number: number;
}

export const useGiven = create<GivenState>(() => ({ given: null, number: 0 }));
