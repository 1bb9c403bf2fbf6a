"use client";
import { useEffect, useState } from "react";
import type { ModelEntry } from "../../state/models/model-entry.ts";
import type { Compressed, StoredPicture } from "../../workers/compression/compressed.ts";
import { compressPicture, stopCompression } from "../../workers/compression/compression-worker.ts";
import { modelsFor } from "./models-for.ts";
import { type OtherSizes, otherSizes } from "./other-sizes.ts";

/** Why there is nothing to see, and the models with which there would be. */
export interface Trouble {
  readonly text: string;
  readonly models: readonly ModelEntry[];
}

/** A picture with everything that came of it, so that no picture is shown with another one's numbers. */
export interface Outcome extends Compressed {
  readonly picture: StoredPicture;
  readonly others: OtherSizes;
}

interface State {
  readonly outcome: Outcome | null;
  /** What is done of the picture at hand, 0 … 1. */
  readonly share: number;
  readonly trouble: Trouble | null;
}

/** @param label the class to compress it as; null for the one that makes it smallest. */
export function useCompressed(
  entry: ModelEntry | null,
  picture: StoredPicture | null,
  label: number | null,
): State {
  const [state, setState] = useState<State>({ outcome: null, share: 0, trouble: null });
  useEffect(() => {
    if (entry === null || picture === null) return;
    let isGone = false;
    let isBusy = true;
    setState({ outcome: null, share: 0, trouble: null });
    const tell = (share: number) => {
      if (!isGone) setState((before) => (before.outcome === null ? { ...before, share } : before));
    };
    Promise.all([compressPicture(entry, picture, label, tell), otherSizes(picture)])
      .then(
        ([compressed, others]): State => ({
          outcome: { ...compressed, picture, others },
          share: 1,
          trouble: null,
        }),
        async (error: Error): Promise<State> => {
          // One that was stopped is nobody's trouble, and no worker is begun for it.
          const models = isGone ? [] : await modelsFor(picture, entry);
          const text = error.message.replace(
            /\.?$/,
            models.length > 0 ? ". These models keep it as it is:" : ".",
          );
          return { outcome: null, share: 0, trouble: { text, models } };
        },
      )
      .then((next) => {
        isBusy = false;
        if (!isGone) setState(next);
      });
    return () => {
      isGone = true;
      if (isBusy) stopCompression();
    };
  }, [entry, picture, label]);
  return state;
}
