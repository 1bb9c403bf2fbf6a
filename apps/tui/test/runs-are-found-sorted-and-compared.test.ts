import { describe, expect, test } from "vitest";
import type { AppState } from "../src/app/state.ts";
import { update } from "../src/app/update.ts";
import { configDifference } from "../src/runs/config-difference.ts";
import { runColumns } from "../src/runs/run-columns.ts";
import { byName, nextOrder, type RunOrder, shownRuns } from "../src/runs/run-order.ts";
import { matches } from "../src/runs/run-query.ts";
import { listedRuns } from "../src/runs/run-selection.ts";
import { scrollMarks } from "../src/views/scroll-marks.ts";
import { frameOf } from "./support/frame.tsx";
import { act, list, opened, press } from "./support/opened-runs.ts";

const names = (state: AppState) => listedRuns(state.runs).map(({ name }) => name);

test("a list that is as it was changes nothing, so that nothing is drawn", () => {
  expect(act(opened, { type: "runs-listed", list: [...list] })).toBe(opened);
  expect(act(opened, { type: "runs-listed", list: list.slice(1) })).not.toBe(opened);
});

test.each([
  ["", ["glyphs-10", "glyphs-2", "digits"]],
  ["GLY", ["glyphs-10", "glyphs-2"]],
  ["glyphs -gated", ["glyphs-2"]],
  ["training", ["glyphs-2"]],
  ["cuda adam", ["digits"]],
  ["nats<65", ["digits"]],
  ["nats>=60", ["glyphs-10", "digits"]],
  ["layers>3", ["glyphs-2"]],
  ["layers=3", ["glyphs-10"]],
  ["layers!=3", ["glyphs-2", "digits"]],
  ["optimiser.rate=2e-3", ["digits"]],
  ["standing=finished epoch=2", ["glyphs-10", "digits"]],
  ["nothing=1", []],
  ["constructor=1", []],
  ["<", []],
  ["-", ["glyphs-10", "glyphs-2"]],
])("%j finds the runs that fit", (query, found) => {
  expect(list.filter((run) => matches(query, run)).map(({ name }) => name)).toEqual(found);
});

describe("the order", () => {
  const sorted = (order: RunOrder) => shownRuns(list, "", order).map(({ name }) => name);

  test("is that of names with their numbers, and every column's with nothing last", () => {
    expect(sorted(byName)).toEqual(["digits", "glyphs-2", "glyphs-10"]);
    const nats = runColumns.findIndex(({ name }) => name === "test nats");
    expect(sorted({ column: nats, isDescending: false })).toEqual(["digits", "glyphs-10", "glyphs-2"]);
    expect(sorted({ column: nats, isDescending: true })).toEqual(["glyphs-10", "digits", "glyphs-2"]);
    for (const column of runColumns.keys())
      for (const isDescending of [false, true])
        expect(new Set(sorted({ column, isDescending }))).toEqual(new Set(list.map(({ name }) => name)));
  });

  test("goes through all columns and back to the first", () => {
    let order = byName;
    for (const _ of runColumns) order = nextOrder(order);
    expect(order).toEqual(byName);
  });

  test("is changed by keys, and shown", () => {
    const byStanding = act(opened, ...press("s"));
    expect(names(byStanding)).toEqual(["digits", "glyphs-10", "glyphs-2"]);
    expect(frameOf(byStanding)).toContain("▲standing");
    expect(names(act(byStanding, ...press("S")))).toEqual(["glyphs-2", "digits", "glyphs-10"]);
  });
});

describe("a filter", () => {
  test("follows every letter, keeps something selected, and is dropped by escape", () => {
    const typed = act(opened, ...press("f", "d", "i", "g"));
    expect(names(typed)).toEqual(["digits"]);
    expect(typed.runs.selected).toBe("digits");
    expect(frameOf(typed)).toContain("filter: dig▏ enter keeps it · esc drops it");
    const kept = act(typed, ...press("enter"));
    expect(frameOf(kept).split("\n")[1]).toMatch(/^ {4}run 1\/3 /);
    expect(act(kept, ...press("escape")).runs.filter).toBe("");
    const dropped = act(typed, ...press("escape"));
    expect([dropped.runs.filter, dropped.runs.selected]).toEqual(["", "glyphs-2"]);
    expect(frameOf(act(opened, ...press("f", "?", "?")))).toContain("no run fits; esc shows all");
    // A filter is edited on.
    expect(act(kept, ...press("f", "backspace")).runs.filter).toBe("di");
  });
});

test("a search goes to the runs that fit, one after another and round", () => {
  const at = (state: AppState) => state.runs.selected;
  const found = act(opened, ...press("/", "n", "a", "t", "s", ">", "1"));
  expect(at(found)).toBe("glyphs-10");
  const again = act(found, ...press("enter", "n"));
  expect(at(again)).toBe("digits");
  expect(at(act(again, ...press("n")))).toBe("glyphs-10");
  expect(at(act(again, ...press("N")))).toBe("glyphs-10");
  expect(at(act(found, ...press("escape")))).toBe("glyphs-2");
  const vain = act(opened, ...press("/", "z", "z"));
  expect(at(vain)).toBe("glyphs-2");
  expect(frameOf(vain)).toContain("search: zz▏ no run fits · esc drops it");
  expect(act(vain, ...press("enter", "n")).message).toBe('no run fits "zz"');
});

test("all that are listed are laid over each other, or none; ten runs up and down", () => {
  const all = act(opened, ...press("f", "g", "l", "y", "enter", "*"));
  expect(all.runs.marked).toEqual(["glyphs-2", "glyphs-10"]);
  expect(act(all, ...press("*")).runs.marked).toEqual([]);
  expect(act(opened, ...press("pagedown")).runs.selected).toBe("glyphs-10");
  expect(act(opened, ...press("pagedown", "pageup")).runs.selected).toBe("digits");
});

describe("two runs", () => {
  test("differ in settings, and in what came of them", () => {
    const { settings, alike, figures } = configDifference(list[0]!, list[1]!);
    expect(settings).toEqual([
      { name: "layers", left: "3", right: "12" },
      { name: "model", left: "gated", right: "" },
    ]);
    expect(alike).toBe(1);
    expect(figures).toContainEqual({ name: "test nats", left: "70.00", right: "–" });
  });

  test("are shown side by side", () => {
    expect(act(opened, ...press("d")).message).toBe("mark another run with space first");
    const frame = frameOf(act(opened, ...press("space", "down", "d")));
    expect(frame).toMatchInlineSnapshot(`
      "PixelCNN  sample  [runs]  devices                                          80×24
                  glyphs-10         glyphs-2
      standing    finished          training
      epoch       2                 2
      step        40                40
      test nats   70.00             –
      bits/dim    0.8007            0.8007
      pictures/s  50.0              50.0
      began       2024-01-31 12:00  2024-01-31 12:00
      engine      wasm              wasm

      layers      3                 12
      model       gated

      1 setting is the same in both
      ↑ ↓ scroll · esc leaves





      ↑↓ run  space overlay  / search  f filter  sS sort  y curve  l log  o smooth
      ,. read  p panes  ←→ epoch  h history  d differ  t train  x stop  ? all keys"
    `);
  });
});

describe("renaming and deleting", () => {
  test("are asked of the folder, and seen at once", () => {
    const typed = act(opened, ...press("R", "backspace", "3"));
    const { effects } = update(typed, { type: "key", key: "enter" });
    expect(effects).toEqual([{ type: "rename-run", run: "glyphs-2", to: "glyphs-3" }]);
    const renamed = act(opened, ...press("space"), { type: "run-renamed", run: "glyphs-2", to: "new" });
    expect([renamed.runs.selected, renamed.runs.marked]).toEqual(["new", ["new"]]);
    expect(renamed.runs.list?.find(({ name }) => name === "new")?.directory).toBe("/runs/new");
    expect(update(act(opened, ...press("R")), { type: "key", key: "enter" }).effects).toEqual([]);
  });

  test("leave another run selected", () => {
    expect(update(opened, { type: "key", key: "D" }).effects).toEqual([
      { type: "remove-run", run: "glyphs-2" },
    ]);
    const removed = act(opened, { type: "run-removed", run: "glyphs-2" });
    expect([removed.runs.selected, names(removed)]).toEqual(["glyphs-10", ["digits", "glyphs-10"]]);
    expect(act(removed, { type: "run-removed", run: "glyphs-10" }).runs.selected).toBe("digits");
    expect(update(removed, { type: "key", key: "U" }).effects).toEqual([{ type: "restore-run" }]);
  });
});

test("a scroll mark is at an end only where the list is", () => {
  expect(scrollMarks(5, 0, 5)).toEqual([]);
  for (const total of [6, 7, 20, 1000]) {
    for (let from = 0; from <= total - 5; from++) {
      const marks = scrollMarks(5, from, total);
      expect(marks).toHaveLength(5);
      expect(marks).toContain("█");
      if (total > 7)
        expect([marks[0], marks[4]]).toEqual([from === 0 ? "█" : "│", from === total - 5 ? "█" : "│"]);
    }
  }
});
