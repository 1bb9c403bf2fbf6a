"use client";
/**
 * How fast a drawing is shown: pixel by pixel, a picture in some seconds, as fast as it is computed, or only when it is whole
 * (the choice for who wants no motion).
 */
import { useState } from "react";

export const PACES = ["slow", "calm", "full", "whole"] as const;
export type Pace = (typeof PACES)[number];

/** Slow motion: a position can be followed by eye, and a picture of 16 × 16 is there after a quarter of a minute. */
const SLOW_PER_SECOND = 16;
/** A whole picture takes this long at the calm pace, whatever its size. */
const CALM_SECONDS = 5;

export function positionsPerSecond(pace: Pace, total: number): number {
  switch (pace) {
    case "slow":
      return SLOW_PER_SECOND;
    case "calm":
      return total / CALM_SECONDS;
    case "full":
    case "whole":
      return Number.POSITIVE_INFINITY;
    default:
      return pace satisfies never;
  }
}

/** The visitor's pace. Who wants no motion begins with pictures that appear when they are whole. */
export function usePace(initial: Pace): [Pace, (pace: Pace) => void] {
  return useState<Pace>(() =>
    window.matchMedia("(prefers-reduced-motion: reduce)").matches ? "whole" : initial,
  );
}
