"use client";
import { useEffect } from "react";
import type { Playback } from "../../state/playback/playback.ts";

/** A drawing rests while its place is out of view. */
export function useInView(playback: Playback | null, place: React.RefObject<HTMLElement | null>): void {
  useEffect(() => {
    if (playback === null || place.current === null) return;
    return watch(place.current, (isIn) => playback.setInView(isIn));
  }, [playback, place]);
}

/** Told whether an element is in view, and whenever that changes, until the function that it returns is called. @param margin around the view */
export function watch(element: Element, told: (isIn: boolean) => void, margin = "0px"): () => void {
  const observer = new IntersectionObserver(([entry]) => told(entry!.isIntersecting), { rootMargin: margin });
  observer.observe(element);
  return () => observer.disconnect();
}
