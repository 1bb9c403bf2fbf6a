"use client";
import type { ModelEntry } from "../../state/models/model-entry.ts";
import { describeProgress } from "../../state/playback/describe-progress.ts";
import type { Playback, PlaybackSnapshot } from "../../state/playback/playback.ts";
import { usePlaybackSnapshot } from "../../state/playback/use-playback.ts";
import styles from "./drawing-status.module.css";

interface DrawingStatusProps {
  readonly entry: ModelEntry | null;
  readonly playback: Playback | null;
  /** What to say of a finished drawing. */
  readonly done: (snapshot: PlaybackSnapshot) => string;
}

export function DrawingStatus({ entry, playback, done }: DrawingStatusProps) {
  const snapshot = usePlaybackSnapshot(playback);
  if (snapshot.error !== null) {
    return (
      <p className={styles.trouble} role="alert">
        {snapshot.error}
      </p>
    );
  }
  return (
    <p className={styles.progress}>
      {snapshot.state === "done" ? done(snapshot) : describeProgress(entry, snapshot)}
    </p>
  );
}
