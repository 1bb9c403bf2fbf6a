"use client";
/** What a link carried, or else what an earlier visit left. */
import { createParser } from "nuqs";
import { useEffect } from "react";
import { useAddress } from "../../state/address/use-address.ts";
import { packLesson, unpackLesson } from "../../state/teaching/pack-lesson.ts";
import { remember } from "../../state/teaching/teach.ts";
import { useTeaching } from "../../state/teaching/teaching-store.ts";

const parsers = {
  /** Drawings, seed and settings, see pack-lesson.ts. */
  lesson: createParser({ parse: unpackLesson, serialize: (packed) => packLesson(packed) ?? "" }),
};

/** @returns whether the drawings came with the link. */
export function useLinkedLesson(): boolean {
  const [{ lesson }] = useAddress(parsers);
  const isHere = useTeaching(({ drawings }) => drawings === lesson?.drawings);
  useEffect(() => {
    if (lesson === null) void remember();
    // A training that goes on is not replaced by the Back button.
    else if (useTeaching.getState().status === "idle") useTeaching.setState(lesson);
  }, [lesson]);
  return isHere;
}
