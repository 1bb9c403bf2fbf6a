"use client";
import { useEffect, useRef } from "react";
import { useNotices } from "./notice-store.ts";

/**
 * What makes no sense in the address is taken out of it, and said.
 *
 * @param notice a sentence; null while nothing is wrong.
 * @param correct changes the address.
 */
export function useCorrection(notice: string | null, correct: () => unknown): void {
  const say = useNotices((state) => state.say);
  const latest = useRef(correct);
  latest.current = correct;
  useEffect(() => {
    if (notice === null) return;
    say(notice);
    latest.current();
  }, [notice, say]);
}
