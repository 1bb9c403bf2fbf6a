import { mkdirSync, writeFileSync } from "node:fs";
import { layout, type RunRecord } from "@pixelcnn/runs";
import { describe, expect, it } from "vitest";
import { invocation } from "../../src/invocation.ts";
import { type TrainSettings, trainDefaults } from "../../src/settings/train-settings.ts";
import { finishedNote } from "../../src/training/finished-run.ts";
import { refusePassed } from "../../src/training/passed-length.ts";
import { Patience } from "../../src/training/patience.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const measured = (epoch: number, nats: number): RunRecord => {
  const likelihood = { images: 1, nats, bitsPerDim: 1 };
  const trained = { trainNats: nats, imagesPerSecond: 1, final: false };
  return {
    type: "evaluation",
    step: 10 * epoch,
    epoch,
    ...trained,
    validation: likelihood,
    test: likelihood,
  };
};
const done = (epoch: number, interrupted = false): RunRecord => ({
  ...{ type: "done", step: 10 * epoch, epoch, interrupted, elapsedMs: 20_000 },
});
const resumed = (epoch: number): RunRecord => ({ type: "resumed", step: 10 * epoch });
const evaluation = (epoch: number, nats: number) => ({ epoch, validation: { nats } });

describe("patience", () => {
  it("counts from the best epoch, whether a run was interrupted or not", () => {
    const before = [measured(1, 90), measured(2, 80), measured(3, 85), done(3, true), resumed(3)];
    const patience = new Patience(2, before);
    expect(patience.isEnough(evaluation(3, 85))).toBe(false);
    expect(patience.isEnough(evaluation(4, 80))).toBe(true);
    expect(patience.bestEpoch).toBe(2);
    expect(new Patience(undefined).isEnough(evaluation(99, 1))).toBe(false);
  });

  it("counts anew where a run that had ended goes on, also when it is interrupted then", () => {
    const ended = [measured(1, 80), measured(2, 85), measured(3, 85), done(3)];
    expect(new Patience(2, ended).isOver).toBe(true);
    const patience = new Patience(2, [...ended, resumed(3), measured(4, 86), done(4, true), resumed(4)]);
    expect(patience.isOver).toBe(false);
    expect(patience.isEnough(evaluation(4, 86))).toBe(false);
    expect(patience.isEnough(evaluation(5, 86))).toBe(true);
    expect(patience.bestEpoch).toBe(1);
  });
});

describe("a finished run", () => {
  const folder = temporaryFolder();
  const settings = (given: Partial<TrainSettings>): TrainSettings => {
    const { minutes: _, ...rest } = trainDefaults;
    return { ...rest, ...given };
  };
  let count = 0;
  const write = (config: Partial<TrainSettings>, records: readonly RunRecord[]): string => {
    const run = `${folder}/run-${count++}`;
    mkdirSync(layout.checkpoints(run), { recursive: true });
    writeFileSync(layout.config(run), JSON.stringify(settings(config)));
    writeFileSync(layout.metrics(run), records.map((record) => `${JSON.stringify(record)}\n`).join(""));
    writeFileSync(layout.checkpoint(run, 30), "");
    return run;
  };
  const early = [measured(1, 80), measured(2, 85), measured(3, 85), done(3)];

  it("that ended early goes on when it is given what makes its patience count anew", async () => {
    const had = { epochs: 45, patience: 2 };
    const run = write(had, early);
    const other = [
      { learningRate: 0.001 },
      { patience: 4 },
      { epochs: 60 },
      { epochs: 5 },
      { learningRate: 0.001, epochs: 45 },
    ];
    for (const given of other) expect(await finishedNote(run, settings({ ...had, ...given }))).toBe(null);
    expect(await finishedNote(run, settings({ patience: 2, minutes: 1 }))).toBe(null);
    await expect(finishedNote(run, settings(had))).rejects.toThrow(
      `${run} ended early after 30 steps, with no better validation in 2 epochs; to go on, give another --learning-rate, ` +
        `--patience or length: ${invocation} train --resume ${run} --learning-rate 0.002`,
    );
    // Not even so long as it was trained already.
    expect(await finishedNote(run, settings({ ...had, epochs: 3 }))).toContain("--epochs 6");
  });

  it("that has had its whole length wants a longer one, which is said in whole seconds", async () => {
    const run = write({ minutes: 1 / 3, patience: 5 }, early);
    const told = await finishedNote(run, settings({ minutes: 1 / 3, patience: 5, learningRate: 0.001 }));
    expect(told).toBe(
      `${run} is finished after 30 steps; to train it for longer, say how long in all: ` +
        `${invocation} train --resume ${run} --time 40s`,
    );
    expect(await finishedNote(run, settings({ minutes: 0.5 }))).toBe(null);
  });

  it.each([
    [{ steps: 10 }, "--steps 60"],
    [{ steps: 30 }, "--steps 60"],
    [{ epochs: 2 }, "--epochs 6"],
    [{ minutes: 0.1 }, "--time 40s"],
  ])("that is given %o is told of more than it has had", async (given, flag) => {
    const run = write({ steps: 30 }, early);
    expect(await finishedNote(run, settings(given))).toMatch(new RegExp(` train --resume ${run} ${flag}$`));
  });

  it("that was called finished long before its own length goes on to it", async () => {
    const run = write({ steps: 200_000 }, early);
    expect(await finishedNote(run, settings({ steps: 200_000 }))).toBe(null);
    expect(await finishedNote(run, settings({ steps: 31 }))).toBe(null);
  });
});

describe("a run that was stopped", () => {
  // In its fifth epoch.
  const state = { step: 4129, epoch: 5, elapsedMs: 124_000 };
  const had = { steps: 200_000 };

  it.each([
    [{ steps: 10 }, "4,129 steps already, got --steps 10"],
    [{ steps: 4129 }, "4,129 steps already, got --steps 4129"],
    [{ epochs: 4 }, "4 epochs already, got --epochs 4"],
    [{ minutes: 1 }, "2m4s of training already, got --time 1m"],
  ])("refuses %o, which it has had", (given, told) => {
    expect(() => refusePassed("runs/cd", given, had, state)).toThrow(
      `runs/cd has ${told}; give more, or leave it out`,
    );
  });

  it.each([{ steps: 4130 }, { epochs: 5 }, { minutes: 2.1 }, had])("goes on to %o", (given) => {
    refusePassed("runs/cd", given, had, state);
  });

  it("goes on to its own length where only its last evaluation is missing", () => {
    for (const own of [{ steps: 4129 }, { epochs: 4 }, { minutes: 2 }])
      refusePassed("runs/cd", own, own, state);
  });
});
