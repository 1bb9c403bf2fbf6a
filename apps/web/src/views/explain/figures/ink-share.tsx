"use client";
import type { Playback } from "../../../state/playback/playback.ts";
import { usePlaybackPart } from "../../../state/playback/use-playback.ts";

/** How much of finished black-and-white pictures is ink. */
export function InkShare({ playback }: { readonly playback: Playback | null }) {
  const state = usePlaybackPart(playback, "state");
  if (playback === null || state !== "done") return "drawing";
  const ink = playback.pixels.reduce((sum, level) => sum + level, 0);
  return `${((100 * ink) / playback.pixels.length).toFixed(1)}% ink`;
}
