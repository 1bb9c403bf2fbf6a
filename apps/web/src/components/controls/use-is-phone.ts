"use client";
import { useSyncExternalStore } from "react";

/** As in the style sheets. */
const PHONE = "(max-width: 30rem)";

/** Whether the window is as narrow as that of a phone; told when that changes. */
export function useIsPhone(): boolean {
  return useSyncExternalStore(
    (tell) => {
      const query = window.matchMedia(PHONE);
      query.addEventListener("change", tell);
      return () => query.removeEventListener("change", tell);
    },
    () => window.matchMedia(PHONE).matches,
    () => false,
  );
}
