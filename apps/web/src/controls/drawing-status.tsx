"use client";
import { describeProgress } from "../drawing/describe-progress.ts";
import type { Growth, GrowthSnapshot } from "../drawing/growth.ts";
import { useGrowthSnapshot } from "../drawing/use-growth.ts";
import type { ModelEntry } from "../models/model-entry.ts";
import styles from "./drawing-status.module.css";

interface DrawingStatusProps {
  readonly entry: ModelEntry | null;
  readonly growth: Growth | null;
  /** What to say of a finished drawing. */
  readonly done: (snapshot: GrowthSnapshot) => string;
}

export function DrawingStatus({ entry, growth, done }: DrawingStatusProps) {
  const snapshot = useGrowthSnapshot(growth);
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
