/** The history of what is drawn: a link's lesson is part of it, and a page that shows one cell takes back that one's changes only. */
import { beforeEach, describe, expect, it } from "vitest";
import { EXAMPLES } from "../src/state/teaching/examples.ts";
import {
  addStroke,
  clearAll,
  fill,
  type LinkedLesson,
  NOTHING_LEARNT,
  showLesson,
  undo,
  undoIn,
  useTeaching,
} from "../src/state/teaching/teaching-store.ts";

const state = () => useTeaching.getState();
const examples = EXAMPLES.map(({ drawing }) => drawing);
const lesson: LinkedLesson = {
  drawings: [...examples].reverse(),
  varied: { shift: false, turn: false, scale: false },
  start: "glyphs",
  slower: true,
  seed: 7,
};
const [ONE, OTHER] = [
  [0, 0, 9, 90],
  [5, 5, 80, 8],
];

beforeEach(() => useTeaching.setState(useTeaching.getInitialState(), true));

describe("the lesson of a link", () => {
  it("hides what was learnt of other drawings; Undo brings both back, with their settings", () => {
    addStroke(0, ONE!);
    const origin = { start: "nothing", seed: 1 } as const;
    const learning = {
      origin,
      training: [{ step: 9, nats: 80 }],
      heldOut: [],
      sheets: [],
      firstRecognised: 5,
    };
    useTeaching.setState({ ...learning, status: "paused" });
    const before = state();
    showLesson(lesson, "link");
    expect(state()).toMatchObject({
      ...lesson,
      ...NOTHING_LEARNT,
      aside: learning,
      link: "link",
      isOwn: false,
    });
    undo();
    expect(state()).toEqual(before);
  });

  it("becomes the visitor's own with a stroke; cleared away, it leaves nothing that is", () => {
    showLesson(lesson, "link");
    addStroke(3, ONE!);
    expect([state().link, state().isOwn]).toEqual([null, true]);
    undo();
    expect(state().drawings).toEqual(lesson.drawings);
    showLesson(lesson, "link");
    clearAll();
    expect([state().link, state().isOwn]).toEqual([null, false]);
    addStroke(3, ONE!);
    expect(state().isOwn).toBe(true);
  });

  it("does not bring back what was forgotten since", () => {
    useTeaching.setState({ status: "paused" });
    showLesson(lesson, "link");
    useTeaching.setState({ ...NOTHING_LEARNT, status: "learning" });
    undo();
    expect([state().drawings.flat(), state().status]).toEqual([[], "learning"]);
  });
});

describe("a cell by itself", () => {
  it("has only its own changes taken back, one after the other", () => {
    addStroke(0, ONE!);
    addStroke(0, OTHER!);
    addStroke(1, OTHER!);
    undoIn(0);
    expect([state().drawings[0], state().drawings[1]]).toEqual([[ONE], [OTHER]]);
    undoIn(0);
    undoIn(0);
    expect([state().drawings[0], state().drawings[1]]).toEqual([[], [OTHER]]);
    // The other cell's are still there for Undo, and bring nothing back here.
    undo();
    expect(state().drawings.flat()).toEqual([]);
    expect(state().past).toEqual([]);
  });

  it("leaves the other cells what came to all of them at once, which can still be undone", () => {
    addStroke(1, ONE!);
    fill(examples);
    undoIn(0);
    expect(state().drawings).toEqual([[], [ONE], ...examples.slice(2)]);
    undo();
    expect(state().drawings.slice(0, 3)).toEqual([[], [ONE], []]);
  });
});
