/** interop/pytorch/train.py: one process and two of torchrun, and what `evaluate` and `generate` say of the files they write. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { decodeModelFile, Purpose, parametersOf, uniform } from "@pixelcnn/core";
import { glyphsDataset, type Split } from "@pixelcnn/core/data";
import { learningRateAt } from "@pixelcnn/core/training";
import { beforeAll, describe, expect, it } from "vitest";
import { jsonLines, runHere } from "../support/pixelcnn.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { writeTinyModel } from "../support/tiny-model.ts";
import { natsOf } from "./nats.ts";
import { writeOddModels } from "./odd-models.ts";
import { findPython, interop, runPython, runPythonInTurn, type Told } from "./python.ts";

const SIZE = 8;
const python = findPython("torch", "numpy");
const folder = temporaryFolder();

interface Result {
  readonly images: number;
  readonly nats: number;
  readonly bitsPerDim: number;
}

beforeAll(() => {
  const { train, test } = glyphsDataset({ height: SIZE, width: SIZE, channels: 1 });
  mkdirSync(join(folder, "tiny"));
  writeIdx("train", train, 48);
  writeIdx("t10k", test, 20);
  writeTinyModel(join(folder, "start.safetensors"), { size: SIZE });
});

/** Two idx files of the first pictures of a part. */
function writeIdx(name: string, split: Split, count: number): void {
  const pixels = new Uint8Array(count * SIZE * SIZE);
  const labels = Uint8Array.from({ length: count }, (_, i) => split.read(i, pixels, i * SIZE * SIZE));
  const header = (...words: number[]) => {
    const bytes = Buffer.alloc(4 * words.length);
    for (const [i, word] of words.entries()) bytes.writeUInt32BE(word, 4 * i);
    return bytes;
  };
  const write = (kind: string, ...parts: Uint8Array[]) =>
    writeFileSync(join(folder, "tiny", `${name}-${kind}-ubyte`), Buffer.concat(parts));
  write("images-idx3", header(0x803, count, SIZE, SIZE), pixels);
  write("labels-idx1", header(0x801, count), labels);
}

function filesOf(folder: string): string[] {
  const part = (name: string) => join(folder, "tiny", `${name}-images-idx3-ubyte`);
  return [
    ...["--model", join(folder, "start.safetensors")],
    ...["--train", part("train"), "--test", part("t10k")],
  ];
}

const training = join(interop, "train.py");

/** What it is told to train a few steps, as the settings say. */
function wordsFor(out: string, ...settings: readonly string[]): string[] {
  const told = ["--out", out, "--dataset", "idx:tiny", "--log-every", "20", "--leave-out", "12"];
  return [...filesOf(folder), ...told, ...settings];
}

/** What was measured of the test pictures at the end, and the steps told. */
function resultIn(printed: string): { test: Result; nats: number[] } {
  // torchrun puts the process's number before a line.
  const lines = jsonLines(printed.replace(/^\[default\d\]:/gm, ""));
  const nats = lines.flatMap((line) => ("nats" in line ? [line.nats as number] : []));
  return { test: lines.at(-1)!.test as Result, nats };
}

/** Of a training in one process and of one in two. */
const settings = {
  ...{ steps: 60, batchSize: 22, learningRate: 0.03, warmupSteps: 2, averageDecay: 0.8 },
  ...{ beta1: 0.8, beta2: 0.98, clipNorm: 0.5 },
};

const refusals: [settings: object, line: string][] = [
  [{ optimiser: "muon" }, 'expected optimiser "adam", got "muon"; take it out of other.json'],
  [{ weightDecay: 0.1 }, "expected weightDecay 0, got 0.1"],
  [{ trainOn: "pixels" }, 'expected trainOn "pictures", got "pixels"'],
  [{ minutes: 20 }, "expected no minutes, got 20"],
];

describe.skipIf(python === null)("train.py", { timeout: 300_000 }, () => {
  const models = writeOddModels(folder);
  const labels = Array.from({ length: 16 }, (_, i) => i % 2);
  // All of them take pictures of one size.
  const { height, width, channels } = decodeModelFile(readFileSync(models[0]![1])).model.network.picture;
  const pixels = Uint8Array.from({ length: labels.length * height * width * channels }, (_, i) =>
    Math.floor(256 * uniform(1, 0, i, Purpose.sample, 0, 0)),
  );
  let told: Told[];

  beforeAll(async () => {
    writeFileSync(join(folder, "bytes"), pixels);
    const pictures = `np.fromfile("bytes", np.uint8).reshape(-1, ${height}, ${width}, ${channels})`;
    const archive = `import numpy as np; np.savez("colour.npz", pictures=${pictures}, labels=[${labels}])`;
    writeFileSync(join(folder, "archive.py"), archive);
    writeFileSync(
      join(folder, "rates.py"),
      `import argparse, json, train
options = argparse.Namespace(learning_rate=0.5, warmup_steps=3, steps=10)
print(json.dumps([train.learning_rate(step, options) for step in range(1, 11)]))`,
    );
    // The same length: of 48 pictures four are left out.
    const { steps: _, ...others } = settings;
    writeFileSync(
      join(folder, "settings.json"),
      JSON.stringify({ ...others, epochs: 30, dataset: "glyphs" }),
    );
    const of = (script: string, cwd: string, ...words: string[]) => ({ script, cwd, words });
    const common = ["--train", "colour.npz", "--test", "colour.npz", "--steps", "3", "--batch-size", "8"];
    told = await runPythonInTurn(python!, [
      of(join(folder, "rates.py"), folder),
      ...refusals.map(([settings], i) => {
        const cwd = join(folder, `refusal ${i}`);
        mkdirSync(cwd);
        writeFileSync(join(cwd, "other.json"), JSON.stringify({ learningRate: 0.006, ...settings }));
        return of(training, cwd, ...filesOf(folder), "--out", "other.safetensors", "--config", "other.json");
      }),
      of(join(folder, "archive.py"), folder),
      ...models.map(([name, path]) =>
        of(training, folder, "--model", path, "--out", `${name}.trained.safetensors`, ...common),
      ),
      of(training, folder, ...wordsFor("one.safetensors", "--config", "settings.json")),
    ]);
  }, 300_000);

  it("trains in two processes as in one, and writes files that measure the same here", async () => {
    const flags = Object.entries(settings).flatMap(([name, value]) => [
      `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
      String(value),
    ]);
    const one = resultIn(told.at(-1)!.printed);
    // PyTorch 1.13 on Python 3.11 cannot read its own default of these two.
    const torchrun = ["-m", "torch.distributed.run", "--standalone", "--nproc_per_node", "2"];
    const logs = ["--redirects", "1", "--tee", "1", "--log_dir", join(folder, "logs")];
    const launched = [...torchrun, ...logs, training, ...wordsFor("two.safetensors", ...flags)];
    const two = resultIn(await runPython(python!, launched, { cwd: folder }));

    expect(one.nats[2]!).toBeLessThan(0.9 * one.nats[0]!);
    expect(Math.abs(two.test.nats / one.test.nats - 1)).toBeLessThan(1e-3);

    for (const [name, { test }] of Object.entries({ one, two })) {
      const path = join(folder, `${name}.safetensors`);
      const { provenance } = decodeModelFile(readFileSync(path));
      expect(provenance).toMatchObject({ dataset: "idx:tiny", steps: 63, test });
      const flags = ["--model-file", path, "--json", "--backend", "wasm"];
      const { stdout } = await runHere(folder, "evaluate", ...flags);
      const [measured] = jsonLines(stdout) as unknown as [Result];
      expect(measured.images).toBe(20);
      expect(Math.abs(measured.nats / test.nats - 1)).toBeLessThan(1e-5);
      expect(Math.abs(measured.bitsPerDim / test.bitsPerDim - 1)).toBeLessThan(1e-5);
    }
    const drawing = await runHere(folder, "generate", "--model-file", "two.safetensors", "--ascii");
    expect(drawing).toMatchObject({ code: 0, stderr: "" });
  });

  it.each(refusals)("refuses a config of a training that it cannot do: %j", (settings, line) => {
    expect(told[1 + refusals.findIndex(([other]) => other === settings)]!.refused).toContain(line);
  });

  it("learns at the rate that is learned at here", () => {
    const rates = JSON.parse(told[0]!.printed) as number[];
    for (const [i, rate] of rates.entries())
      expect(rate).toBeCloseTo(learningRateAt(0.5, i + 1, 3, i / 10), 12);
    expect(rates).toHaveLength(10);
  });

  it("leaves the entries that masks forbid at 0, moves all others, and measures what is measured here", async () => {
    for (const { refused } of told.slice(1 + refusals.length)) expect(refused).toBeNull();
    for (const [name, path] of models) {
      const before = decodeModelFile(readFileSync(path)).model;
      const trained = join(folder, `${name}.trained.safetensors`);
      // Refuses a file with anything but 0 where a mask forbids it.
      const { model: after, provenance } = decodeModelFile(readFileSync(trained));
      for (const parameter of parametersOf(after.network)) {
        const [old, now] = [before, after].map(({ weights }) => weights.get(parameter.name));
        expect(now, `${name}: ${parameter.name}`).not.toEqual(old);
      }
      const nats = await natsOf(trained, pixels, labels);
      expect(Math.abs(provenance.test!.nats / nats - 1), name).toBeLessThan(1e-5);
    }
  });
});
