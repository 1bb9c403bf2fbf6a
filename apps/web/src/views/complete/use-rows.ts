"use client";
import { useEffect, useRef } from "react";
import { useCorrection } from "../../state/address/use-correction.ts";
import { useCompleteState } from "./use-complete-state.ts";

/**
 * Rows kept, from the top: half of the picture where the address says none, or more than there are.
 *
 * @param height of the picture; 0 while it is unknown.
 */
export function useRows(height: number): number {
  const [{ rows }, setState] = useCompleteState();
  const isBelow = height > 0 && rows !== null && rows > height;
  /** As many as a picture had that was shown before. */
  const fitting = useRef<number | null>(null);
  if (height > 0 && !isBelow) fitting.current = rows;
  // Another model was chosen, whose pictures are smaller: nothing is wrong with a link.
  const isOutgrown = isBelow && rows === fitting.current;
  useEffect(() => {
    if (isOutgrown) void setState({ rows: null });
  }, [isOutgrown, setState]);
  useCorrection(
    isBelow && !isOutgrown
      ? `The link keeps ${rows} rows of a picture of ${height}: half of it is kept.`
      : null,
    () => setState({ rows: null }),
  );
  return rows === null || isBelow ? Math.floor(height / 2) : rows;
}
