import { execFileSync } from "node:child_process";
import { appendFileSync, cpSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { countWeights, decodeModelFile } from "@pixelcnn/core";
import { layout, listCheckpoints, readRun } from "@pixelcnn/runs";
import { decode } from "fast-png";
import * as v from "valibot";
import { beforeAll, describe, expect, it } from "vitest";
import { readModel } from "../../src/read-model.ts";
import { trainLineSchema } from "../../src/training/train-lines.ts";
import { jsonLines, type Outcome, runCli, runHere } from "../support/pixelcnn.ts";
import { listing, temporaryFolder } from "../support/temporary-folder.ts";

const folder = temporaryFolder();
const run = join(folder, "first");
const tiny = [
  ...["--size", "8", "--channels", "4", "--layers", "1", "--steps", "3", "--batch-size", "2"],
  ...["--samples", "4", "--test-limit", "4", "--seed", "7", "--checkpoint-every", "1", "--workers", "1"],
];

let first: Outcome;

beforeAll(async () => {
  first = await runCli(folder, "train", ...tiny, "--run", "./first");
});

describe("train", () => {
  it("prints what it trains, a table, and where the model and the sheet are", () => {
    expect(first).toMatchObject({ code: 0, stderr: "" });
    const lines = first.stdout.split("\n");
    expect(lines[0]).toMatch(/^gated, 6\d\d weights, on glyphs \(8×8, 4 levels\), \w+ backend, \d threads?$/);
    expect(lines[1]).toBe(`run ${run}`);
    expect(lines[3]).toBe("epoch  train nats  test nats  test bits/dim  pictures/s");
    expect(lines[4]).toBe("─────  ──────────  ─────────  ─────────────  ──────────");
    expect(lines[5]).toMatch(/^ {4}1 {7}\d\d\.\d\d {6}\d\d\.\d\d {9}[12]\.\d{4} {5,8}\d+\.\d$/);
    expect(lines.slice(6, 10)).toEqual([
      "",
      `model    ${join(run, "model.safetensors")}`,
      `samples  ${join(run, "samples/step-00000003.png")}`,
      `best     ${join(run, "best.safetensors")}, of epoch 1`,
    ]);
    expect(lines[10]).toMatch(new RegExp(`^run      ${run}, 3 steps in 0:\\d\\d$`));
    expect(lines.slice(11)).toEqual([
      "",
      "draw from it with",
      `  pnpm --filter cli generate ${run} --show`,
      "",
    ]);
  });

  it("leaves a run of whole files, and no lock", () => {
    expect(listing(run)).toEqual([
      "best.safetensors",
      "checkpoints",
      "checkpoints/step-00000001.safetensors",
      "checkpoints/step-00000002.safetensors",
      "checkpoints/step-00000003.safetensors",
      "config.json",
      "metrics.jsonl",
      "model.safetensors",
      "samples",
      "samples/step-00000003.png",
    ]);
  });

  it("stores the same weights rounded to float16 when asked, in half the room", async () => {
    await runHere(folder, "train", ...tiny, "--stored-weights", "float16", "--run", "./half");
    const paths = [run, join(folder, "half")].map((directory) => layout.model(directory));
    const [whole, half] = paths.map((path) => decodeModelFile(readFileSync(path)).model);
    const saved = statSync(paths[0]!).size - statSync(paths[1]!).size;
    expect(Math.abs(saved - 2 * countWeights(whole!.network))).toBeLessThan(400); // of text
    for (const [name, values] of whole!.weights) {
      const rounded = half!.weights.get(name)!;
      expect(rounded.some((value) => value !== 0)).toBe(values.some((value) => value !== 0));
      for (const [i, value] of values.entries()) {
        expect(Math.abs(rounded[i]! - value)).toBeLessThanOrEqual(Math.abs(value) / 2048 + 2 ** -25);
      }
    }
    expect([...half!.weights.values()]).not.toEqual([...whole!.weights.values()]);
  });

  it("writes down what ran, and tells it in the metrics", async () => {
    const { config, records } = await readRun(run);
    expect(config).toMatchObject({ dataset: "glyphs", size: "8", channels: 4, layers: 1, steps: 3, seed: 7 });
    expect(config).not.toHaveProperty("minutes");
    expect(config).not.toHaveProperty("run");
    const types = records.map(({ type }) => type).filter((type) => type !== "step");
    expect(types).toEqual([
      ...["started", "checkpoint", "checkpoint", "checkpoint", "checkpoint"],
      ...["evaluation", "samples", "done"],
    ]);
    expect(records.at(-3)).toMatchObject({ step: 3, epoch: 1, final: true, test: { images: 4 } });
    expect(records.at(-1)).toMatchObject({ step: 3, interrupted: false });
  });

  it("the model file says where it comes from and what was measured", async () => {
    const { model, preparation, provenance } = decodeModelFile(readFileSync(layout.model(run)));
    expect(model.network).toMatchObject({
      picture: { height: 8, width: 8, channels: 1, levels: 4 },
      classes: 10,
    });
    expect(preparation).toEqual({ levels: 4, binarise: null });
    const evaluation = (await readRun(run)).records.find(({ type }) => type === "evaluation");
    const { trainNats, validation, test } = evaluation as {
      trainNats: number;
      validation: object;
      test: object;
    };
    expect(provenance).toMatchObject({ dataset: "glyphs", steps: 3, trainNats, validation, test });
    expect(provenance.command).toBe(`train ${tiny.join(" ")} --run ./first`);
    expect(Math.abs(Date.now() - Date.parse(provenance.date))).toBeLessThan(3_600_000);
    const started = (await readRun(run)).records[0];
    expect(started).toMatchObject({ type: "started", weights: countWeights(model.network) });
  });

  it("the sheet is a PNG of four pictures", () => {
    const { width, height, channels } = decode(readFileSync(layout.samples(run, 3)));
    // Two columns and rows of 8 pixels at scale 4, and gaps of 2.
    expect({ width, height, channels }).toEqual({ width: 70, height: 70, channels: 1 });
  });
});

describe("a run's config.json", () => {
  it("is a config file: it gives the same weights again, and --json tells it a line at a time", async () => {
    const config = join(run, "config.json");
    const again = await runCli(folder, "train", "--config", config, "--run", "./again", "--json");
    expect(again).toMatchObject({ code: 0, stderr: "" });
    expect(weightsOf(join(folder, "again"))).toEqual(weightsOf(run));
    const events = jsonLines(again.stdout);
    for (const event of events) expect(v.is(trainLineSchema, event), JSON.stringify(event)).toBe(true);
    expect(events.map(({ type }) => type)).toEqual([
      ...["started", "step", "step", "step", "evaluation", "samples", "done", "saved"],
    ]);
    expect(events[0]).toMatchObject({ run: join(folder, "again"), step: 0, backend: expect.any(String) });
    expect(events[0]!.weights).toBe(Number(first.stdout.match(/, (\d+) weights/)![1]));
    expect(events.at(-1)).toEqual({
      type: "saved",
      model: join(folder, "again/model.safetensors"),
      samples: join(folder, "again/samples/step-00000003.png"),
    });
    expect(again.stdout).not.toContain("pixels");
    expect((await readRun(join(folder, "again"))).config).toEqual((await readRun(run)).config);
  });
});

describe("a run that was killed", () => {
  it("goes on from its newest checkpoint to the same weights; --quiet prints only where they are", async () => {
    const killed = join(folder, "killed");
    const config = join(run, "config.json");
    const flags = ["--config", config, "--run", `${killed}/`, "--quiet"];
    const whole = await runHere(folder, "train", ...flags);
    const where = `\nmodel    ${layout.model(killed)}\nsamples  ${layout.samples(killed, 3)}\n`;
    expect(whole).toMatchObject({ code: 0, stdout: where, stderr: "" });
    // As if it had died after its second step, in the middle of a line.
    for (const path of [layout.checkpoint(killed, 3), layout.model(killed), layout.samples(killed, 3)])
      rmSync(path);
    appendFileSync(layout.metrics(killed), '{"type":"step","st');
    const resumed = await runHere(folder, "train", "--resume", "./killed", "--quiet");
    expect(resumed).toMatchObject({ code: 0, stdout: where, stderr: "" });
    expect(weightsOf(killed)).toEqual(weightsOf(run));
    expect(await listCheckpoints(killed)).toHaveLength(3);
    const { records } = await readRun(killed);
    expect(records.filter(({ type }) => type === "resumed")).toEqual([{ type: "resumed", step: 2 }]);
    expect(records.at(-1)).toMatchObject({ type: "done", step: 3 });
  });

  it("is told of in words that a shell reads as they are meant", async () => {
    const odd = join(folder, "it's $HOME");
    renameSync(join(folder, "killed"), odd);
    const { stdout } = await runHere(folder, "train", "--resume", odd);
    const [, words] = /cli (train --resume .+)\n/.exec(stdout)!;
    const read = execFileSync("sh", ["-c", `printf '%s\\n' ${words}`], { encoding: "utf8" });
    expect(read.split("\n").slice(0, 3)).toEqual(["train", "--resume", odd]);
  });
});

describe("a run that was stopped", () => {
  it("refuses a length that it has had in one line, and stays one that goes on", async () => {
    const stopped = join(folder, "stopped");
    cpSync(run, stopped, { recursive: true });
    const metrics = layout.metrics(stopped);
    writeFileSync(
      metrics,
      readFileSync(metrics, "utf8").replace('"interrupted":false', '"interrupted":true'),
    );
    const config = JSON.parse(readFileSync(layout.config(stopped), "utf8"));
    writeFileSync(layout.config(stopped), JSON.stringify({ ...config, steps: 4 }));
    const before = await readRun(stopped);
    for (const more of [[], ["--dry-run"]]) {
      const words = ["--resume", "./stopped", "--steps", "2", ...more];
      const { code, stdout, stderr } = await runHere(folder, "train", ...words);
      expect({ code, stdout, stderr }).toEqual({
        code: 1,
        stdout: "",
        stderr: `${stopped} has 3 steps already, got --steps 2; give more, or leave it out\n`,
      });
    }
    expect(await readRun(stopped)).toEqual(before);
    expect(await runHere(folder, "train", "--resume", "./stopped")).toMatchObject({ code: 0, stderr: "" });
    expect((await readRun(stopped)).records.at(-1)).toMatchObject({ step: 4, interrupted: false });
  });
});

describe("--dry-run", () => {
  it("tells what a training would take, and leaves nothing", async () => {
    const before = listing(folder);
    const words = [...tiny, "--run", "./dry", "--dry-run"];
    const { code, stdout, stderr } = await runCli(folder, "train", ...words, "--json");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(listing(folder)).toEqual(before);
    const [cost, ...others] = jsonLines(stdout);
    expect(others).toEqual([]);
    expect(v.is(trainLineSchema, cost)).toBe(true);
    // Three steps of two of the 2,000 pictures of an epoch; the checkpoint is as long as the ones of the run.
    expect(cost!.epochs).toBeCloseTo(6 / 2000, 9);
    const { size } = statSync(layout.checkpoint(run, 3));
    // Of the command it says nothing.
    expect(cost!.checkpointBytes).toBeLessThanOrEqual(size);
    expect(cost!.checkpointBytes).toBeGreaterThan(size - 300);
    expect(cost!.diskBytes).toBeGreaterThan(3 * (cost!.checkpointBytes as number));
    expect(cost!.memoryBytes).toBeGreaterThan(2 ** 26);
  });
});

describe("--patience", () => {
  const short = ["--size", "8", "--channels", "4", "--layers", "1", "--batch-size", "4", "--limit", "8"];
  const still = ["--samples", "0", "--test-limit", "4", "--learning-rate", "1e-8", "--average-decay", "0"];
  const plain = ["--backend", "wasm", "--workers", "1"];

  it("ends a training that gets no better, which goes on with another learning rate, and with nothing else is as it was", async () => {
    const words = [...short, ...still, ...plain, "--epochs", "30", "--patience", "2", "--run", "./patient"];
    // Whoever waits long, on a busy machine, is told on standard error how far it is; nobody of anything else.
    const onlyHowFar = expect.stringMatching(/^((epoch|evaluating) [\d,]+ of [\d,]+, .*\d%.*\n)*$/);
    const ended = await runHere(folder, "train", ...words);
    expect(ended).toMatchObject({ code: 0, stderr: onlyHowFar });
    expect(ended.stdout).toContain("\nno better validation in 2 epochs: ended early\n");
    const patient = join(folder, "patient");
    const last = async () =>
      (await readRun(patient)).records.filter(({ type }) => type === "evaluation").at(-1);
    const first = (await last()) as { epoch: number; final: boolean };
    expect(first.epoch).toBeLessThan(30);
    expect(first.final).toBe(true);

    const before = await readRun(patient);
    const refused = await runHere(folder, "train", "--resume", patient);
    expect(refused).toMatchObject({ code: 1, stdout: "" });
    expect(refused.stderr).toMatch(/^.* ended early after \d+ steps, .* --learning-rate 5e-9\n$/);
    expect(await readRun(patient)).toEqual(before);

    const resumed = await runHere(folder, "train", "--resume", patient, "--learning-rate", "1e-7");
    expect(resumed).toMatchObject({ code: 0, stderr: onlyHowFar });
    expect(((await last()) as { epoch: number }).epoch).toBeGreaterThanOrEqual(first.epoch + 2);
    expect((await readRun(patient)).config).toMatchObject({ patience: 2, learningRate: 1e-7 });
  });
});

describe("a training that starts from a model of models/", () => {
  const brief = ["--batch-size", "2", "--samples", "0", "--test-limit", "2", "--workers", "1"];

  it.each([
    ["--init-from takes its network and weights", "init", ["--init-from", "glyphs"], 4],
    ["--warm-start takes what fits another network", "warm", ["--warm-start", "glyphs", "--levels", "8"], 8],
    [
      "--warm-start takes a network into a larger one",
      "grown",
      ["--warm-start", "glyphs", "--layers", "7"],
      4,
    ],
  ])("%s, and goes on wherever it is called from", async (_, name, flags, levels) => {
    const begun = await runHere(folder, "train", ...flags, ...brief, "--steps", "1", "--run", `./${name}`);
    expect(begun).toMatchObject({ code: 0, stderr: "" });
    const { model } = decodeModelFile(readFileSync(layout.model(join(folder, name))));
    expect(model.network.picture.levels).toBe(levels);
    const shipped = (await readModel("glyphs")).model.weights.get("block3.vertical.weight")!;
    const trained = model.weights.get("block3.vertical.weight")!;
    // One step of Adam, in its warm-up, moves a weight by less than a thousandth.
    for (const [i, weight] of shipped.entries()) expect(Math.abs(trained[i]! - weight)).toBeLessThan(1e-3);
    const resumed = await runHere(folder, "train", "--resume", `./${name}`, "--steps", "2");
    expect(resumed).toMatchObject({ code: 0, stderr: "" });
  });
});

function weightsOf(directory: string) {
  return decodeModelFile(readFileSync(layout.model(directory))).model.weights;
}
