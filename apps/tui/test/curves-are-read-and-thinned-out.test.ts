/** What the charts of runs show: values under a cursor, axes, and steps thinned out. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { AppAction, AppState } from "../src/app/state.ts";
import { readingAt, stepAt } from "../src/runs/chart-readings.ts";
import { curvesOf } from "../src/runs/curves.ts";
import { lineChart } from "../src/runs/line-chart.ts";
import { MOST_POINTS, noSteps, upToStep, withSteps } from "../src/runs/thinned-steps.ts";
import { foldTold, nothingTold } from "../src/runs/told-history.ts";
import { evaluationRecord, stepRecord } from "./support/fixtures.ts";
import { frameOf } from "./support/frame.tsx";
import { act, opened, press } from "./support/opened-runs.ts";

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
