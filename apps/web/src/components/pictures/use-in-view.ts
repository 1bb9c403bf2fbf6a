"use client";
import { useEffect } from "react";
import type { Playback } from "../../state/playback/playback.ts";

/** A drawing rests while its place is out of view. */
export function useInView(playback: Playback | null, place: React.RefObject<HTMLElement | null>): void {
  useEffect(() => {
    if (playback === null || place.current === null) return;
    const observer = new IntersectionObserver(([entry]) => playback.setInView(entry!.isIntersecting));
    observer.observe(place.current);
    return () => observer.disconnect();
  }, [playback, place]);
}
