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
  const who = status?.sampler === "shader" ? "your graphics card" : "your device";
  const pictures = `${playback.count} new pictures of ${picture.height} × ${picture.width} pixels`;
  return (
    <p className={styles.sentence}>
      {state === "done"
        ? `Done: ${pictures}, computed by ${who} in ${seconds(computeMs)}.`
        : state === "drawing"
          ? `The network on ${who} is drawing ${pictures}, each pixel chosen in the light of all before it.`
          : `${describeProgress(entry, snapshot).replace("…", "")}: ${pictures}, each pixel chosen in the light of all before it.`}
    </p>
  );
}

function seconds(ms: number): string {
  return ms < 100 ? "less than 0.1 seconds" : `${(ms / 1000).toFixed(1)} seconds`;
}
