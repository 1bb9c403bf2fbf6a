import { dimensionsOf, emptyHistory, foldRecords } from "@pixelcnn/runs/history";
import { describe, expect, test } from "vitest";
import { curvesOf, smooth } from "../src/runs/curves.ts";
import { CURSOR_LAYER, figureLabel, lineChart } from "../src/runs/line-chart.ts";
import type { RunStatus } from "../src/runs/run-status.ts";
import { initialRuns, secondsLeft, updateRuns, wantedSample } from "../src/runs/state.ts";
import { foldTold, nothingTold } from "../src/runs/told-history.ts";
import { evaluationRecord, runStatus, stepRecord } from "./support/fixtures.ts";

const samples = (step: number, epoch: number) =>
  ({ type: "samples", step, epoch, file: `samples/${step}.png`, count: 1 }) as const;

describe("a history", () => {
  const told = foldRecords(emptyHistory, [
    { type: "started", time: "t", weights: 5, backend: "wasm" },
    stepRecord(10, 100),
    evaluationRecord(10, 1, 90),
    samples(10, 1),
    { type: "checkpoint", step: 10, epoch: 1, file: "c" },
    stepRecord(20, 80),
    { type: "done", step: 20, epoch: 2, interrupted: true, elapsedMs: 1 },
  ]);

  test("holds what was told, in whatever pieces it comes", () => {
    expect(told.steps.map(({ step }) => step)).toEqual([10, 20]);
    expect(told.done?.interrupted).toBe(true);
    expect(dimensionsOf(told)).toBe(100);
    expect(foldRecords(told, [])).toEqual(told);
  });

  test("forgets what lies beyond the step at which a run goes on", () => {
    const resumed = foldRecords(told, [{ type: "resumed", step: 10 }, stepRecord(15, 70)]);
    expect(resumed.steps.map(({ step }) => step)).toEqual([10, 15]);
    expect(resumed.done).toBe(null);
    expect(resumed.samples).toHaveLength(1);
  });
});

describe("curves", () => {
  test("smooth as an average that knows where it began", () => {
    const points = [1, 2, 3].map((y, x) => ({ x, y }));
    expect(smooth(points, 0)).toBe(points);
    expect(smooth(points, 0.5).map(({ y }) => y)).toEqual([
      1,
      (0.25 * 1 + 0.5 * 2) / 0.75,
      (0.125 + 0.5 + 1.5) / 0.875,
    ]);
  });

  test("are in nats or in bits/dim, once that is known", () => {
    const early = foldTold(nothingTold, [stepRecord(1, 100)]);
    expect(curvesOf(early, "bits/dim", 0)).toEqual([]);
    const later = foldTold(early, [evaluationRecord(2, 1, 100 * Math.LN2)]);
    expect(curvesOf(later, "bits/dim", 0).map(({ points }) => points)).toEqual([
      [{ x: 1, y: 100 / (100 * Math.LN2) }],
      [{ x: 2, y: 1 }],
    ]);
    expect(curvesOf(later, "learning rate", 0)[0]!.points).toEqual([{ x: 1, y: 0.001 }]);
  });

  test("have no point where the training had no number", () => {
    const record = { ...stepRecord(1, 0), nats: null } as ReturnType<typeof stepRecord>;
    expect(curvesOf(foldTold(nothingTold, [record]), "nats", 0)[0]!.points).toEqual([]);
  });
});

describe("a chart", () => {
  const text = (lines: ReturnType<typeof lineChart>) =>
    lines.map((segments) =>
      segments
        .map((segment) => segment.text)
        .join("")
        .trimEnd(),
    );
  const falling = Array.from({ length: 21 }, (_, i) => ({ x: i, y: 20 - i }));

  test("is a line from corner to corner, with its scales", () => {
    const curve = { points: falling.slice(0, 20), layer: 0 };
    expect(text(lineChart([curve], { columns: 19, rows: 4 }))).toEqual([
      "   20.00│⠑⠢⢄⡀",
      "        │   ⠈⠒⠤⡀",
      "   1.000│      ⠈⠑⠢⢄",
      "        └step 0──19",
    ]);
  });

  test("has the cursor at its step, in a layer of its own", () => {
    const lines = lineChart([{ points: falling, layer: 3 }], { columns: 19, rows: 4 }, { cursor: 10 });
    expect(lines[0]!.map(({ layer }) => layer)).toContain(CURSOR_LAYER);
    expect(lines.flat().map(({ layer }) => layer)).toContain(3);
  });

  test("has exactly the size that is asked for, whatever there is to chart", () => {
    const curves = [
      [],
      [{ points: [{ x: 5, y: 5 }], layer: 0 }],
      [
        {
          points: [
            { x: 1, y: 1e-9 },
            { x: 1e9, y: 1e12 },
          ],
          layer: 0,
        },
      ],
    ];
    for (const curve of curves) {
      for (const size of [
        { columns: 40, rows: 10 },
        { columns: 12, rows: 3 },
        { columns: 3, rows: 2 },
      ]) {
        const lines = text(lineChart(curve, size));
        expect(lines).toHaveLength(size.rows);
        if (curve.length > 0)
          for (const line of lines) expect(line.length).toBeLessThanOrEqual(Math.max(10, size.columns));
      }
    }
  });

  test("has more figures on its scale the higher it is", () => {
    const figures = (rows: number) =>
      text(lineChart([{ points: falling, layer: 0 }], { columns: 40, rows })).filter((line) =>
        /^ *\d/.test(line),
      );
    expect([4, 8, 18, 42].map((rows) => figures(rows).length)).toEqual([2, 3, 3, 6]);
    expect(figures(42).map((line) => Number.parseFloat(line))).toEqual([19, 15.2, 11.4, 7.6, 3.8, 0]);
  });

  test("labels fit their column", () => {
    expect([0, 1234.5678, 54321.678, 0.0004, 0.3055, 12.3456, 5e7].map(figureLabel)).toEqual([
      ...["0.000", "1234.57", "54321.7", "4.0e-4", "0.3055", "12.35", "5.0e+7"],
    ]);
  });
});

describe("scrubbing", () => {
  const records = [samples(1, 1), samples(2, 2), samples(3, 3)];
  const state = updateRuns(
    { ...initialRuns, selected: "a" },
    { type: "run-told", run: "a", records, fresh: true, ms: 0 },
  );

  test("goes through the sheets, and stays with the newest at the end", () => {
    const step = (by: typeof state, to: "back" | "forward" | "first" | "newest") =>
      updateRuns(by, { type: "scrub", to });
    expect(wantedSample(state)?.step).toBe(3);
    const back = step(step(state, "back"), "back");
    expect(wantedSample(back)?.step).toBe(1);
    expect(wantedSample(step(back, "back"))?.step).toBe(1);
    const newest = step(step(back, "forward"), "forward");
    expect(newest.scrub).toBe(null);
    const grown = updateRuns(newest, {
      type: "run-told",
      run: "a",
      records: [samples(4, 4)],
      fresh: false,
      ms: 1,
    });
    expect(wantedSample(grown)?.step).toBe(4);
    expect(wantedSample(step(grown, "first"))?.step).toBe(1);
  });
});

test("the time left is what the seen pace says, and unknown before there was one", () => {
  const tell = (state: typeof initialRuns, step: number, ms: number, fresh = false) =>
    updateRuns(state, {
      ...{ type: "run-told", run: "a", fresh, ms },
      records: [stepRecord(step, 1, { progress: step / 100 })],
    });
  const first = tell(initialRuns, 10, 1000, true);
  expect(secondsLeft(first.followed.get("a")!)).toBe(null);
  // 10 of 100 in 5 seconds: 80 in 40.
  expect(secondsLeft(tell(first, 20, 6000).followed.get("a")!)).toBeCloseTo(40);
});

test.each(["constructor", "__proto__", "toString"])("a run may be called %s", (run) => {
  const selected = { ...initialRuns, selected: run };
  expect(wantedSample(selected)).toBe(null);
  const told = updateRuns(selected, { type: "run-told", run, fresh: false, ms: 0, records: [samples(4, 1)] });
  expect(wantedSample(told)?.step).toBe(4);
});

test("the time left does not jump where a training pauses to evaluate", () => {
  // 100 s of training, 1 step a second, and 10 s of evaluation after every 20 steps but the last.
  const endMs = 100_000 + 4 * 10_000;
  let state = initialRuns;
  let said: { ms: number; endsAt: number } | null = null;
  for (let step = 1; step < 100; step++) {
    const ms = step * 1000 + Math.floor((step - 1) / 20) * 10_000;
    state = updateRuns(state, {
      ...{ type: "run-told", run: "a", fresh: step === 1, ms },
      records: [stepRecord(step, 1, { progress: step / 100 })],
    });
    const left = secondsLeft(state.followed.get("a")!);
    if (step <= 5) expect(left).toBe(null);
    if (left === null) continue;
    const endsAt = ms + left * 1000;
    // The mean alone jumps by a third of the whole at the first evaluation.
    if (said !== null) expect(Math.abs(endsAt - said.endsAt)).toBeLessThan(endMs / 10);
    said = { ms, endsAt };
  }
  expect(Math.abs(said!.endsAt - endMs)).toBeLessThan(endMs / 20);
});

test("a list of the same runs is no news", () => {
  const list = [{ name: "a" }, { name: "b" }] as RunStatus[];
  const listed = updateRuns({ ...initialRuns, selected: "a" }, { type: "runs-listed", list });
  expect(updateRuns(listed, { type: "runs-listed", list: [...list] })).toBe(listed);
  expect(updateRuns(listed, { type: "runs-listed", list: list.slice(1) })).not.toBe(listed);
});

test("a run that is being trained is looked at first, and another one only by a key", () => {
  const status = (name: string, standing: "training" | "finished") => runStatus(name, { standing });
  const list = [status("a", "finished"), status("b", "training"), status("c", "training")];
  const listed = updateRuns(initialRuns, { type: "runs-listed", list });
  expect(listed.selected).toBe("b");
  const moved = updateRuns(listed, { type: "select-run", by: 1 });
  expect(updateRuns(moved, { type: "runs-listed", list }).selected).toBe("c");
  expect(updateRuns(moved, { type: "select-run", by: 1 }).selected).toBe("c");
  const marked = updateRuns(moved, { type: "mark-run" });
  expect(marked.marked).toEqual(["c"]);
  expect(updateRuns(marked, { type: "mark-run" }).marked).toEqual([]);
  expect(updateRuns(marked, { type: "runs-listed", list: list.slice(0, 2) }).marked).toEqual([]);
});
