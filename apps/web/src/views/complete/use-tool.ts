"use client";
import type { PictureShape } from "@pixelcnn/core";
import { useState } from "react";
import { groundLevel } from "../../components/pictures/ground-level.ts";
import type { Brush } from "./stroke.ts";

export const TOOLS = [
  { value: "draw", text: "Draw" },
  { value: "erase", text: "Erase" },
] as const;

export const SIZES = [
  { value: "fine", text: "Fine" },
  { value: "medium", text: "Medium" },
  { value: "broad", text: "Broad" },
] as const;

export interface Tool {
  readonly kind: (typeof TOOLS)[number]["value"];
  readonly size: (typeof SIZES)[number]["value"];
  /** The level of each channel; cut to the model's levels. */
  readonly ink: readonly [number, number, number];
}

/** Radius as a share of the picture's smaller side: a pen is as broad as digits of that size have it. */
const RADII = { fine: 0.5 / 28, medium: 1.1 / 28, broad: 2.5 / 28 } as const;

export function useTool(): [Tool, (tool: Tool) => void] {
  return useState<Tool>({ kind: "draw", size: "medium", ink: [255, 255, 255] });
}

export function brushOf({ kind, size, ink }: Tool, picture: PictureShape): Brush {
  const { height, width, levels } = picture;
  const radius = Math.max(0.4, RADII[size] * Math.min(height, width));
  return {
    radius,
    ink: ink.map((level) => (kind === "erase" ? groundLevel(picture) : Math.min(level, levels - 1))),
  };
}
