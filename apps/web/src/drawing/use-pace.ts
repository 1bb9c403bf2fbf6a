"use client";
import { useState } from "react";
import type { Pace } from "./pace.ts";

/** The visitor's pace. Who wants no motion begins with pictures that appear when they are whole. */
export function usePace(initial: Pace): [Pace, (pace: Pace) => void] {
  return useState<Pace>(() =>
    window.matchMedia("(prefers-reduced-motion: reduce)").matches ? "whole" : initial,
  );
}
