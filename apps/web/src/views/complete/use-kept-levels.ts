"use client";
import { useRef } from "react";

interface Kept {
  /** The drawing when its kept part last changed, [H, W, C]: the same array while strokes go on below the line. */
  readonly levels: Uint8Array | null;
  /** A stroke is under way, and it changes what is kept. */
  readonly isDrawing: boolean;
}

/** What the completions see of a drawing: its first `kept` values. What is drawn below them changes no completion. */
export function useKeptLevels(levels: Uint8Array | null, kept: number, isDrawing: boolean): Kept {
  const last = useRef<Uint8Array | null>(null);
  const atRest = useRef<Uint8Array | null>(null);
  if (levels === null || last.current === null || !beginAlike(levels, last.current, kept)) {
    last.current = levels;
  }
  if (!isDrawing) atRest.current = last.current;
  return { levels: last.current, isDrawing: isDrawing && atRest.current !== last.current };
}

function beginAlike(a: Uint8Array, b: Uint8Array, count: number): boolean {
  return a.length === b.length && a.subarray(0, count).every((level, i) => level === b[i]);
}
