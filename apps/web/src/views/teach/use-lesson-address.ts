"use client";
/** What the address says of a lesson: the settings, live; and drawings, where a link brought them. Or else what an earlier visit left. */
import { createParser, parseAsBoolean, parseAsStringLiteral } from "nuqs";
import { useEffect, useRef } from "react";
import { useAddress } from "../../state/address/use-address.ts";
import { packLesson, unpackLesson } from "../../state/teaching/pack-lesson.ts";
import { openLesson, remember } from "../../state/teaching/teach.ts";
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

/**
 * @returns how settings are changed. A lesson of which something is changed, or that is taught, is no longer the link's: it leaves the address, and a
 * reload brings what the visitor made of it.
 */
export function useLessonAddress(): (changes: Partial<LessonSettings>) => void {
  const [{ lesson, vary, start, slower }, setAddress] = useAddress(parsers);
  /** From then on the page shows what the address says. */
  const isSettled = useRef(false);
  useEffect(() => {
    let isHere = true;
    const say = (more: { readonly lesson?: null }) => {
      const { varied, ...others } = settingsNow();
      const isSaid = parsers.vary.eq(varied, vary) && others.start === start && others.slower === slower;
      // What the address says already is not written: that would call back a visitor who is on the way to another view.
      if (!isHere || (isSaid && more.lesson === undefined)) return;
      void setAddress({ ...more, vary: varied, ...others }, "replace");
    };
    let ignore = () => {};
    if (lesson !== null) {
      isSettled.current = true;
      ignore = useTeaching.subscribe(({ link }, before) => {
        if (before.link !== null && link === null) say({ lesson: null });
      });
      void openLesson(lesson).then((isShown) => {
        if (!isShown) say({ lesson: null });
      });
    } else if (isSettled.current) {
      useTeaching.setState({ varied: vary, start, slower });
    } else {
      isSettled.current = true;
      void remember().then(() => {
        const said = new URLSearchParams(window.location.search);
        if (["vary", "start", "slower"].some((name) => said.has(name)))
          return useTeaching.setState({ varied: vary, start, slower });
        say({});
      });
    }
    return () => {
      isHere = false;
      ignore();
    };
  }, [lesson, vary, start, slower, setAddress]);
  return (changes) => {
    // What a link said otherwise as well, for it goes with its drawings.
    const { varied, ...others } = lesson === null ? changes : { ...settingsNow(), ...changes };
    void setAddress({ ...(lesson && { lesson: null }), ...(varied && { vary: varied }), ...others });
    // At once, wherever the address is on its way.
    useTeaching.setState(({ link, isOwn }) => ({ ...changes, link: null, isOwn: isOwn || link !== null }));
  };
}

function settingsNow(): LessonSettings {
  const { varied, start, slower } = useTeaching.getState();
  return { varied, start, slower };
}
