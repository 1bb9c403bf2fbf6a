import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type AppAction, type AppState, initialState } from "../src/app/state.ts";
import { update } from "../src/app/update.ts";
import { readingAt, stepAt } from "../src/runs/chart-readings.ts";
import { configDifference } from "../src/runs/config-difference.ts";
import { curvesOf } from "../src/runs/curves.ts";
import { lineChart } from "../src/runs/line-chart.ts";
import { runColumns } from "../src/runs/run-columns.ts";
import { byName, nextOrder, type RunOrder, shownRuns } from "../src/runs/run-order.ts";
import { matches } from "../src/runs/run-query.ts";
import { listedRuns } from "../src/runs/run-selection.ts";
import { MOST_POINTS, noSteps, upToStep, withSteps } from "../src/runs/thinned-steps.ts";
import { foldTold, nothingTold } from "../src/runs/told-history.ts";
import { scrollMarks } from "../src/views/scroll-marks.ts";
import { evaluationRecord, runStatus, stepRecord } from "./support/fixtures.ts";
import { frameOf } from "./support/frame.tsx";

const list = [
  runStatus("glyphs-10", { testNats: 70, config: { dataset: "glyphs", model: "gated", layers: 3 } }),
  runStatus("glyphs-2", { testNats: null, standing: "training", config: { dataset: "glyphs", layers: 12 } }),
  runStatus("digits", {
    ...{ testNats: 60, backend: "cuda", beganMs: null },
    config: { dataset: "mnist", model: "pixelcnn", optimiser: { rate: 0.002, name: "Adam" } },
  }),
];

const press = (...keys: string[]): AppAction[] => keys.map((key) => ({ type: "key", key }));

function act(state: AppState, ...actions: AppAction[]): AppState {
  return actions.reduce((before, action) => update(before, action).state, state);
}

const opened = act(
  initialState({
    ...{ path: "m", runsRoot: "/runs", size: { columns: 80, rows: 24 }, view: "runs" },
    capabilities: { colour: 0, unicode: true, graphics: null },
  }),
  { type: "runs-listed", list },
);

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

describe("a cursor", () => {
  const told: AppAction = {
    ...{ type: "run-told", run: "glyphs-2", fresh: true, ms: 0 },
    records: [...Array.from({ length: 101 }, (_, i) => stepRecord(i, 100 - i)), evaluationRecord(50, 1, 42)],
  };
  const charted = act(opened, told, ...press("o", "o"));

  test("reads the values of all curves", () => {
    const heading = (state: AppState) =>
      frameOf(state)
        .split("\n")
        .find((line) => line.startsWith("nats"));
    expect(heading(charted)).toMatch(/^nats {2}─ train {2}─ test {2}smoothing 0/);
    const read = act(charted, ...press(".", ">", ">", "."));
    expect(heading(read)).toMatch(/^nats at 21 {2}─ train 79\.00 {2}─ test 42\.00/);
    expect(heading(act(read, ...press(",", "<")))).toMatch(/^nats at 10 {2}─ train 90\.00/);
    expect(heading(act(charted, ...press(",")))).toMatch(/^nats at 100 /);
    expect(heading(act(read, ...press("escape")))).toBe(heading(charted));
  });

  test("reads nothing where another run goes on alone, and every curve has its run's letter, with colours or without", () => {
    const short: AppAction = {
      ...{ type: "run-told", run: "digits", fresh: true, ms: 0 },
      records: [0, 10, 20].map((step) => stepRecord(step, 50)),
    };
    const two = act(charted, short, ...press("up", "space", "down"));
    expect(frameOf(two)).toMatchInlineSnapshot(`
      "PixelCNN  sample  [runs]  devices                                          80×24
          run                                standing     epoch      step  test nats
       ●b digits                             finished         2        40      60.00
      > a glyphs-2                           training         2        40          –
          glyphs-10                          finished         2        40      70.00
      glyphs-2: training · epoch 1 · step 100 · 10.0% · time left unknown · 50.0 pict…
      train 0.00 nats 0.0000 bits/dim · test 42.00 nats 0.6059 bits/dim
      learning rate 1.00e-3
      nats  a glyphs-2  b digits  smoothing 0         samples
         95.00│⠉⠉⠑⠢⣀                                  no samples yet
              │     ⠑⠢⢄
              │        ⠉⠢⢄⡀
              │           ⠈⠒⠤⡀
              │⡀  ⢀   ⢀      ⠈⠑⠤⣀
         47.50│⠋⠉⠉⠙⠉⠉⠉⠙b         ⢑⠢⣀
              │                  ⠙a ⠉⠢⢄
              │                        ⠉⠒⢄⡀
              │                           ⠈⠒⠤⡀
              │                              ⠈⠑⠢⣀
         0.000│                                  ⠑⠢a
              └step 0────────────────────────────100
      ↑↓ run  space overlay  / search  f filter  sS sort  y curve  l log  o smooth
      ,. read  p panes  ←→ epoch  h history  d differ  t train  x stop  ? all keys"
    `);
    const read = (...keys: string[]) =>
      frameOf(act(two, ...press(".", ...keys)))
        .split("\n")
        .find((line) => line.startsWith("nats"));
    expect(read(">", ">")).toMatch(/^nats at 20 {2}a 80\.00 {2}b 50\.00 /);
    expect(read(">", ">", ">")).toMatch(/^nats at 30 {2}a 70\.00 {2}b – /);
  });

  test("takes the nearest point", () => {
    const points = [0, 10, 30].map((x) => ({ x, y: x * 2 }));
    expect([-5, 0, 4, 5, 6, 19, 21, 99].map((step) => readingAt(points, step))).toEqual([
      ...[0, 0, 0, 0, 20, 20, 60, 60],
    ]);
    expect(readingAt([], 3)).toBe(null);
    expect(stepAt([{ points: [] }], 0.5)).toBe(null);
    expect(stepAt([{ points }, { points: [{ x: 50, y: 1 }] }], 0.5)).toBe(25);
  });

  test("is in every pane", () => {
    const frame = frameOf(act(charted, ...press("p", ".", ">")));
    for (const heading of [
      /nats at 10 /,
      /gradient norm at 10 {2}─ 1\.000/,
      /learning rate at 10/,
      /pictures\/s at 10/,
    ])
      expect(frame).toMatch(heading);
  });
});

test("a logarithmic axis has equal factors at equal distances, and leaves out what has no logarithm", () => {
  const points = [1000, 100, 10, 1, 0, -5].map((y, x) => ({ x, y }));
  const text = (isLogarithmic: boolean) =>
    lineChart([{ points, layer: 0 }], { columns: 30, rows: 8 }, { isLogarithmic }).map((line) =>
      line.map((segment) => segment.text).join(""),
    );
  const labels = (lines: string[]) => lines.map((line) => line.slice(0, 8).trim()).filter(Boolean);
  expect(labels(text(true))).toEqual(["1000.00", "31.62", "1.000"]);
  expect(text(true).at(-1)).toContain("step 0");
  expect(labels(text(false))[2]).toBe("-5.000");
});

describe("steps that are thinned out", () => {
  test("are few, and their mean is that of all, whatever pieces they come in", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 3000 }), { maxLength: 12 }), (sizes) => {
        let step = 0;
        let thinned = noSteps;
        for (const size of sizes) {
          const records = Array.from({ length: size }, () => stepRecord(++step, step % 97));
          thinned = withSteps(thinned, records as Parameters<typeof withSteps>[1]);
        }
        expect(thinned.points.length).toBeLessThanOrEqual(MOST_POINTS);
        expect(thinned.points.length * thinned.stride).toBeGreaterThanOrEqual(step);
        expect(thinned.points.reduce((sum, { records }) => sum + records, 0)).toBe(step);
        const sum = thinned.points.reduce((sum, { nats, records }) => sum + nats! * records, 0);
        expect(sum).toBeCloseTo(
          Array.from({ length: step }, (_, i) => (i + 1) % 97).reduce((a, b) => a + b, 0),
          3,
        );
        expect(thinned.last?.step ?? 0).toBe(step);
        expect(thinned.points.every(({ step: last }, i, all) => i === 0 || last > all[i - 1]!.step)).toBe(
          true,
        );
      }),
      { numRuns: 20 },
    );
  });

  test("are taken back beyond the step at which a run goes on", () => {
    const records = Array.from({ length: 10 }, (_, i) => stepRecord(i + 1, i));
    const told = foldTold(nothingTold, [...records, { type: "resumed", step: 4 }, stepRecord(5, 99)]);
    expect(told.steps.points.map(({ step }) => step)).toEqual([1, 2, 3, 4, 5]);
    expect(curvesOf(told, "gradient norm", 0)[0]!.points).toHaveLength(5);
    expect(upToStep(told.steps, 3).last).toBe(null);
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
