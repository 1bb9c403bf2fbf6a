/** `pnpm reproduce`: commands out of a model file's history, and a tiny model that they make again to the last bit. */
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { startBackend } from "@pixelcnn/backends";
import { decodeModelFile } from "@pixelcnn/core";
import { readRun } from "@pixelcnn/runs";
import { beforeAll, describe, expect, inject, it } from "vitest";
import { doubtsOf } from "../../scripts/reproduce/expectation.ts";
import { planFor } from "../../scripts/reproduce/plan.ts";
import { runPlan, tryPlan } from "../../scripts/reproduce/run.ts";
import { haveSameWeights } from "../../scripts/reproduce/same-weights.ts";
import { type Command, checkWhole, stagesOf } from "../../scripts/reproduce/stages.ts";
import { planLines } from "../../scripts/reproduce/tell.ts";
import { measureModel } from "../../scripts/results/measure.ts";
import { readResults, shippedModels, writeResults } from "../../scripts/results/record.ts";
import { printed } from "../../scripts/run-command.ts";
import { packageRoot } from "../../src/package-root.ts";
import { runCli } from "../support/pixelcnn.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const root = temporaryFolder();
const app = [inject("app")];
const shipped = join(root, "models", "tiny.safetensors");
const config = {
  ...{ dataset: "glyphs", classes: 0, channels: 4, layers: 1, levels: 2, steps: 12, batchSize: 4 },
  ...{ samples: 0, seed: 3, testLimit: 8 },
};
const historyOf = (command: string) => {
  const nothing = { trainNats: null, validation: null, test: null };
  return stagesOf({ dataset: "glyphs", command, date: "2026-01-01", steps: 3, ...nothing }, root);
};

beforeAll(async () => {
  mkdirSync(join(root, "models"));
  writeFileSync(join(root, "tiny.json"), JSON.stringify(config));
  const words = ["--config", "tiny.json", "--backend", "wasm", "--workers", "1", "--run", "./made"];
  const { code, stderr } = await runCli(root, "train", ...words);
  expect({ code, stderr }).toMatchObject({ code: 0 });
  copyFileSync(join(root, "made", "best.safetensors"), shipped);
  writeFileSync(join(root, "models", "tiny.md"), "| hardware and time | a core, a second |\n");
  await startBackend("wasm");
  await writeResults(root, { tiny: await measureModel(root, "tiny") });
}, 120_000);

describe("a model that is made again", () => {
  it("is told with its commands, what it took and what to expect", async () => {
    const lines = planLines(await planFor(root, "tiny", join(root, "again")), root, "the fetching command");
    const { test } = (await readResults(root)).tiny!;
    expect(lines).toContain("  the fetching command");
    expect(lines).toContain(
      "  pnpm --filter cli train --config tiny.json --backend wasm --workers 1 --run ./again/1",
    );
    expect(lines).toContain(
      "    gated, 12 steps of 4 pictures, learning rate 0.004, seed 3, wasm backend, 1 thread",
    );
    expect(lines).toContain("  pnpm --filter cli evaluate ./again/1/best.safetensors");
    expect(lines.some((line) => line.startsWith(`    the card: ${test.nats.toFixed(2)} nats`))).toBe(true);
    expect(lines).toContain("took      a core, a second");
    expect(lines.find((line) => line.startsWith("expected"))).toContain("bit for bit");
  });

  it("is the same to the last bit, and seen to be another where one bit is", {
    timeout: 120_000,
  }, async () => {
    const plan = await planFor(root, "tiny", join(root, "again"));
    const tried: string[] = [];
    await tryPlan(plan, root, (line) => tried.push(line), app);
    expect(tried[0]).toMatch(/^training 1: .*B of memory, [\d.]+ pictures\/s here, /);
    const same = await runPlan(plan, root, app);
    expect(same.isSame).toBe(true);
    expect(same.nats / plan.measured.test.nats).toBeCloseTo(1, 6);
    const [again, other] = [same.path, shipped].map((path) => decodeModelFile(readFileSync(path)).model);
    const [values] = other!.weights.values();
    new Uint32Array(values!.buffer, values!.byteOffset, 1)[0]! ^= 1;
    expect(haveSameWeights(again!, other!)).toBe(false);
  });

  it("is stopped where its history says so, and goes on with what followed", {
    timeout: 120_000,
  }, async () => {
    const plan = await planFor(root, "tiny", join(root, "stopped"));
    const [training] = plan.trainings;
    const { run } = training!;
    const first = [
      "train",
      "--config",
      "tiny.json",
      "--minutes",
      "60",
      "--backend",
      "wasm",
      "--workers",
      "1",
    ];
    // Soon enough that the process has not begun to train by then.
    const stopped = { words: [...first, "--run", run], stopAfter: 0.001 };
    const does = (...commands: readonly Command[]) =>
      runPlan({ ...plan, trainings: [{ ...training!, commands }] }, root, app);
    await does(stopped);
    const ends = async () => (await readRun(run)).records.filter((record) => record.type === "done");
    const [end] = await ends();
    expect(end).toMatchObject({ interrupted: true });
    // Asked again, it does not begin again.
    const steps = end!.step + 50;
    await does(stopped, {
      words: ["train", "--resume", run, "--steps", String(steps)],
      stopAfter: null,
    });
    expect(await ends()).toMatchObject([end, { interrupted: false, step: steps }]);
  });

  it("is made by the source, where no built app is given", async () => {
    expect(await printed(["--version"], root)).toBe((await runCli(root, "--version")).stdout);
  });

  it("has a name that is known", async () => {
    await expect(planFor(root, "other", root)).rejects.toThrow("expected one of tiny, got other");
  });
});

it("every shipped model has a history that can be typed, but for a part of one", async () => {
  const project = resolve(packageRoot, "../..");
  const remarks: string[] = [];
  for (const model of await shippedModels(project)) {
    const { trainings, doubts } = await planFor(project, model, root);
    expect(trainings.length, model).toBeGreaterThan(0);
    remarks.push(...doubts.filter((doubt) => doubt.includes("nobody can type")));
  }
  expect(remarks).toEqual([expect.stringContaining("47 minutes more")]);
});

describe("a history", () => {
  it("of several trainings begins each with the model of the one before", async () => {
    const making = await historyOf(
      "train --steps 10 --backend wasm --workers 1 --run a; train --resume a --steps 20; " +
        "train --steps 5 --init-from its model --backend cpu --run b",
    );
    expect(making.stages.map(({ commands, begins }) => ({ commands, begins }))).toEqual([
      {
        commands: [
          { words: ["train", "--steps", "10", "--backend", "wasm", "--workers", "1"], stopAfter: null },
          { words: ["train", "--steps", "20"], stopAfter: null },
        ],
        begins: null,
      },
      {
        commands: [{ words: ["train", "--steps", "5", "--backend", "cpu"], stopAfter: null }],
        begins: "--init-from",
      },
    ]);
    expect(making.stages[0]!.settings).toMatchObject({ steps: 20, batchSize: 8, seed: 0 });
    expect(doubtsOf(making)).toEqual([]);
  });

  it("that was stopped and went on for less has that length from its beginning", async () => {
    const making = await historyOf(
      "train --minutes 600 --ramps --run a; train --resume a --steps 6600; train --resume, more of it",
    );
    expect(making.stages.map(({ commands }) => commands)).toEqual([
      [{ words: ["train", "--hinges", "--steps", "6600"], stopAfter: null }],
    ]);
    expect(making.stages[0]!.settings).not.toHaveProperty("minutes");
    expect(doubtsOf(making)).toEqual([
      'its history says "train --resume, more of it", which nobody can type',
      "it was stopped before its end: 600 minutes became 6600 steps",
      "the backend is what a machine has",
    ]);
  });

  it("that says when a training was stopped is told and run so; one that does not is as its end was, and says so", async () => {
    const making = await historyOf(
      "pnpm --filter cli train --minutes 50 --learning-rate 0.01 --run a and stopped after 10; " +
        "train --resume a --learning-rate 0.002 --minutes 40; " +
        "train --warm-start it --minutes 150 --weight-decay 0 --run b; train --resume b; " +
        "train --resume b --weight-decay 0.02 --minutes 138; train --resume b and stopped after 56; " +
        "train --flips --seed 5 --minutes 78 --run c; train --resume c --flips --minutes 79; " +
        "train --resume c --minutes 70",
    );
    expect(making.stages.map(({ commands }) => commands)).toEqual([
      [
        { words: ["train", "--minutes", "50", "--learning-rate", "0.01"], stopAfter: 10 },
        { words: ["train", "--learning-rate", "0.002", "--minutes", "40"], stopAfter: null },
      ],
      [{ words: ["train", "--weight-decay", "0.02", "--minutes", "138"], stopAfter: 56 }],
      [{ words: ["train", "--seed", "5", "--flips", "--minutes", "70"], stopAfter: null }],
    ]);
    expect(making.stages[1]!.settings).toMatchObject({ minutes: 138, weightDecay: 0.02 });
    expect(doubtsOf(making).slice(0, 2)).toEqual([
      "it was stopped before its end: 150 minutes became 138 minutes",
      "it was stopped before its end: it went on with --weight-decay 0.02",
    ]);
  });

  it("without its beginning is refused with what it says", async () => {
    const making = await historyOf("train --resume cifar10 --minutes 72");
    expect(() => checkWhole("cifar10", making)).toThrow(
      'cifar10: expected a history from its beginning, got "train --resume cifar10 --minutes 72"; models/cifar10.md says how it began',
    );
  });
});
