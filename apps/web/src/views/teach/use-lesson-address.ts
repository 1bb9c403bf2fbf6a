"use client";
/** What the address says of a lesson: the settings, live; and drawings, where a link brought them. Or else what an earlier visit left. */
import { createParser, parseAsBoolean, parseAsStringLiteral } from "nuqs";
import { useEffect, useRef } from "react";
import { useAddress } from "../../state/address/use-address.ts";
import { packLesson, unpackLesson } from "../../state/teaching/pack-lesson.ts";
import { remember } from "../../state/teaching/teach.ts";
import { useTeaching } from "../../state/teaching/teaching-store.ts";
import { STARTS, type Start } from "../../workers/teaching/lesson.ts";
import type { Varied } from "../../workers/teaching/variation.ts";

export interface LessonSettings {
  readonly varied: Varied;
  readonly start: Start;
  readonly slower: boolean;
}

const VARIATIONS = ["shift", "turn", "scale"] as const satisfies readonly (keyof Varied)[];
const NONE = "none";

/** Variations that are made: "shift-turn", or "none". */
const parseAsVaried = createParser<Varied>({
  parse(text) {
    const names = text === NONE ? [] : text.split("-");
    if (!names.every((name) => (VARIATIONS as readonly string[]).includes(name))) return null;
    return { shift: names.includes("shift"), turn: names.includes("turn"), scale: names.includes("scale") };
  },
  serialize: (varied) => VARIATIONS.filter((name) => varied[name]).join("-") || NONE,
  eq: (a, b) => VARIATIONS.every((name) => a[name] === b[name]),
});

const parsers = {
  /** Drawings, seed and settings, see pack-lesson.ts. */
  lesson: createParser({ parse: unpackLesson, serialize: (packed) => packLesson(packed) ?? "" }),
  vary: parseAsVaried.withDefault({ shift: true, turn: true, scale: true }),
  start: parseAsStringLiteral(STARTS).withDefault("nothing"),
  slower: parseAsBoolean.withDefault(false),
};

/** @returns whether the drawings came with the link, and how settings are changed: a lesson that is changed is no longer the link's. */
export function useLessonAddress(): {
  readonly isLinked: boolean;
  readonly change: (changes: Partial<LessonSettings>) => void;
} {
  const [{ lesson, vary, start, slower }, setAddress] = useAddress(parsers);
  const isLinked = useTeaching(({ drawings }) => drawings === lesson?.drawings);
  /** From then on the page shows what the address says. */
  const isSettled = useRef(false);
  useEffect(() => {
    if (lesson !== null) {
      isSettled.current = true;
      // A training that goes on is not replaced by the Back button.
      if (useTeaching.getState().status === "idle") useTeaching.setState({ ...lesson, pictures: [] });
    } else if (isSettled.current) {
      useTeaching.setState({ varied: vary, start, slower });
    } else {
      isSettled.current = true;
      void remember().then(() => {
        const said = new URLSearchParams(window.location.search);
        if (["vary", "start", "slower"].some((name) => said.has(name)))
          return useTeaching.setState({ varied: vary, start, slower });
        const { varied, ...others } = settingsNow();
        void setAddress({ vary: varied, ...others }, "replace");
      });
    }
  }, [lesson, vary, start, slower, setAddress]);
  return {
    isLinked,
    change(changes) {
      // What a link said otherwise as well, for it goes with its drawings.
      const { varied, ...others } = lesson === null ? changes : { ...settingsNow(), ...changes };
      void setAddress({ ...(lesson && { lesson: null }), ...(varied && { vary: varied }), ...others });
      // At once, wherever the address is on its way.
      useTeaching.setState(changes);
    },
  };
}

function settingsNow(): LessonSettings {
  const { varied, start, slower } = useTeaching.getState();
  return { varied, start, slower };
}
