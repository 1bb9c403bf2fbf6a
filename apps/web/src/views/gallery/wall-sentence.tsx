"use client";
import type { ModelEntry } from "../../state/models/model-entry.ts";
import { describeProgress } from "../../state/playback/describe-progress.ts";
import type { Playback } from "../../state/playback/playback.ts";
import { usePlaybackSnapshot } from "../../state/playback/use-playback.ts";
import { useDevice } from "../../workers/drawing/device-store.ts";
import styles from "./gallery.module.css";
import { ABOUT_TO_DRAW } from "./wall-place.tsx";

interface WallSentenceProps {
  readonly entry: ModelEntry | null;
  readonly playback: Playback | null;
  /** Why nothing is drawn. */
  readonly problem: string | null;
}

/** One sentence that says what is happening. */
export function WallSentence({ entry, playback, problem }: WallSentenceProps) {
  const { status } = useDevice();
  const snapshot = usePlaybackSnapshot(playback);
  const { state, picture, computeMs } = snapshot;
  const trouble = problem ?? snapshot.error;
  if (trouble !== null) {
    return (
      <p className={styles.sentence} role="alert">
        {trouble}
      </p>
    );
  }
  if (!entry?.summary || picture === null || playback === null) {
    return <p className={styles.sentence}>{ABOUT_TO_DRAW}</p>;
  }
  const where = status?.sampler === "shader" ? "your GPU" : "a core of your processor";
  const pictures = `${playback.count} new pictures of ${picture.height} × ${picture.width} pixels`;
  const network = `a network of ${entry.summary.weights.toLocaleString("en")} numbers`;
  return (
    <p className={styles.sentence}>
      {state === "done"
        ? `Done: ${pictures}, made by ${network} on ${where} in ${seconds(computeMs)} of computing.`
        : state === "drawing"
          ? `On ${where}, ${network} is drawing ${pictures}, each pixel chosen in the light of all before it.`
          : `${describeProgress(entry, snapshot).replace("…", "")}: ${pictures}, by ${network}, each pixel chosen in the light of all before it.`}
    </p>
  );
}

function seconds(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} milliseconds` : `${(ms / 1000).toFixed(1)} seconds`;
}
