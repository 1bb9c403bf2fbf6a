"use client";
import { useEffect, useState } from "react";
import { watch } from "./use-in-view.ts";

/** Around the view: what is begun then is there before its reader is. */
const MARGIN = "200px";

/** True from the moment the element is about to be seen. */
export function useHasComeNear(element: React.RefObject<HTMLElement | null>): boolean {
  const [isNear, setIsNear] = useState(false);
  useEffect(() => {
    if (element.current === null || isNear) return;
    return watch(element.current, setIsNear, MARGIN);
  }, [element, isNear]);
  return isNear;
}
