import { describe, expect, it } from "vitest";
import { EXAMPLES } from "../src/state/teaching/examples.ts";
import { packLesson, unpackLesson } from "../src/state/teaching/pack-lesson.ts";
import { simplify } from "../src/state/teaching/simplify.ts";
import type { LinkedLesson } from "../src/state/teaching/teaching-store.ts";

const lesson: LinkedLesson = {
  drawings: EXAMPLES.map(({ drawing }) => drawing),
  varied: { shift: true, turn: false, scale: true },
  start: "glyphs",
  slower: false,
  seed: 4_000_000_007,
};

describe("a lesson in a link", () => {
  it("comes back as it was, and is some hundred letters long", () => {
    const text = packLesson(lesson)!;
    expect(text).toMatch(/^[\w-]+$/);
    expect(text.length).toBeLessThan(700);
    expect(unpackLesson(text)).toEqual(lesson);
    const one = { ...lesson, drawings: lesson.drawings.map((drawing, cell) => (cell === 3 ? drawing : [])) };
    expect(unpackLesson(packLesson(one)!)).toEqual(one);
  });

  it("is refused when it was cut, went on, or is of other letters", () => {
    const text = packLesson(lesson)!;
    for (let length = 0; length < text.length; length++)
      expect(unpackLesson(text.slice(0, length))).toBeNull();
    expect(unpackLesson(`${text}AAAA`)).toBeNull();
    expect(unpackLesson(`${text.slice(0, -1)}*`)).toBeNull();
    expect(unpackLesson(packLesson({ ...lesson, drawings: lesson.drawings.map(() => []) })!)).toBeNull();
  });

  it("is not made of more than a link can carry", () => {
    const long = Array.from({ length: 500 }, (_, i) => i % 256);
    expect(packLesson({ ...lesson, drawings: lesson.drawings.map(() => [long]) })).toBeNull();
  });
});

describe("a stroke that is simplified", () => {
  it("keeps its ends and its corners, and loses the points between", () => {
    const right = Array.from({ length: 21 }, (_, i) => [10 + i * 5, 20]).flat();
    const down = Array.from({ length: 20 }, (_, i) => [110, 25 + i * 5]).flat();
    expect(simplify([...right, ...down])).toEqual([10, 20, 110, 20, 110, 120]);
    expect(simplify([7, 8])).toEqual([7, 8]);
  });
});
