import type { RunRecord } from "@pixelcnn/runs";
import { expect, it } from "vitest";
import { ShownRecords } from "../server/shown-records.ts";

const step = (at: number): Extract<RunRecord, { type: "step" }> => ({
  type: "step",
  step: at,
  epoch: 1,
  progress: 0,
  nats: 1000 / at,
  learningRate: 0.001,
  gradientNorm: 1,
  imagesPerSecond: 50,
});

const steps = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => step(from + i));

it("every step of a short training is told, with its loss and nothing else", () => {
  const told = new ShownRecords().take(steps(1, 1000));
  expect(told).toEqual(
    steps(1, 1000).map((record) => ({ type: "step", step: record.step, nats: record.nats })),
  );
});

it("a long one by points a thousandth of its length apart, however many records come at a time", () => {
  const shown = new ShownRecords();
  const told = Array.from({ length: 100 }, (_, i) =>
    shown.take(steps(1 + i * 1000, 1 + (i + 1) * 1000)),
  ).flat();
  expect(told.length).toBeLessThan(6000);
  for (let i = 1; i < told.length; i++) {
    expect(told[i]!.step - told[i - 1]!.step).toBeLessThanOrEqual(Math.ceil(told[i - 1]!.step / 1000) + 1);
  }
  expect(told.at(-1)!.step).toBeGreaterThan(99_800);
});

it("what a resumed training tells again is told again", () => {
  const shown = new ShownRecords();
  shown.take(steps(1, 5000));
  expect(shown.take([{ type: "resumed", step: 1000 }, step(1010)])).toMatchObject([
    { type: "resumed", step: 1000 },
    { type: "step", step: 1010 },
  ]);
});
