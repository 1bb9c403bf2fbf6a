"use client";
import type { Growth } from "../../drawing/growth.ts";
import { useGrowthSnapshot } from "../../drawing/use-growth.ts";
import styles from "./generate.module.css";

interface DrawingStatusProps {
  readonly growth: Growth | null;
  /** Why nothing can be drawn. */
  readonly problem: string | null;
}

/** One line that says how far the drawing is, or what is wrong. */
export function DrawingStatus({ growth, problem }: DrawingStatusProps) {
  const { state, rows, picture, computeMs, error } = useGrowthSnapshot(growth);
  const trouble = problem ?? error;
  if (trouble !== null) {
    return (
      <p className={styles.trouble} role="alert">
        {trouble}
      </p>
    );
  }
  const perPicture = growth === null ? 0 : computeMs / growth.count;
  return (
    <p className={styles.progress}>
      {state === "loading" && "Loading the model…"}
      {(state === "drawing" || state === "paused") &&
        `Row ${Math.min(rows + 1, picture?.height ?? 1)} of ${picture?.height}`}
      {state === "paused" && ", paused"}
      {state === "done" && `Computed in ${perPicture.toPrecision(3)} ms a picture`}
    </p>
  );
}
