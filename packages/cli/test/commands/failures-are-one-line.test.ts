import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, inject, it } from "vitest";
import { pixelcnn, runCli, runHere } from "../support/pixelcnn.ts";
import { listing, temporaryFolder } from "../support/temporary-folder.ts";
import { writeTinyModel } from "../support/tiny-model.ts";

const folder = temporaryFolder();
const at = (name: string) => join(folder, name);
writeTinyModel(at("model.safetensors"));
const model = readFileSync(at("model.safetensors"));
writeFileSync(at("cut.safetensors"), model.subarray(0, model.length - 10));
writeFileSync(at("beginning.safetensors"), model.subarray(0, 100));
writeFileSync(at("noise.safetensors"), Buffer.alloc(1000, 0x41));
// A graph that claims to see the pixel that it draws.
writeFileSync(
  at("forged.safetensors"),
  Buffer.from(
    model.toString("latin1").replace('\\"dx\\":-1', '\\"dx\\":+1').replace('\\"dx\\":+1', '\\"dx\\":01'),
    "latin1",
  ),
);
writeTinyModel(at("classless.safetensors"), { classes: 0 });
writeTinyModel(at("huge.safetensors"), { weightScale: 1e30 });
writeFileSync(at("unknown-key.json"), '{ "stepz": 3 }');
writeFileSync(at("no-json.json"), '{\n  "steps":\n  three\n}');
mkdirSync(at("old-run"));
writeFileSync(at("old-run/metrics.jsonl"), "");
mkdirSync(at("folder"));
mkdirSync(at("empty"));

/** Words, and how the one line begins. */
const failures: [name: string, words: string[], line: string][] = [
  [
    "an unknown data set",
    ["train", "--dataset", "minst", "--run", "./new"],
    'expected a data set that is one of glyphs, colour-glyphs, sprites, mnist, binarized-mnist, fashion-mnist, cifar10, folder:<dir>, idx:<dir>, npy:<file>, codes:<file>, got "minst" (did you mean mnist?)',
  ],
  [
    "an unknown data set to fetch",
    ["datasets", "fetch", "mnits"],
    'expected a data set to fetch, one of mnist, binarized-mnist, fashion-mnist, cifar10, got "mnits" (did you mean mnist?)',
  ],
  [
    "a run that is not there",
    ["train", "--resume", "./old-runn/"],
    `expected a run at ${at("old-runn")}, found none (did you mean ./old-run?); runs list shows`,
  ],
  [
    "what a resumed run cannot change",
    ["train", "--resume", "./old-run/", "--batch-size", "3", "--pjrt-plugin", "./x"],
    "--resume: expected only --epochs, --steps, --minutes, --time, --patience, --optimiser, --weight-decay, --learning-rate, --noisy-windows, --flat-places, --backend, --pjrt-plugin, --workers, --devices, --precision, --checkpoint-every, --checkpoint-minutes, --keep, --stored-weights beside it, got --batch-size; start a new run",
  ],
  [
    "missing files of a data set",
    ["train", "--dataset", "folder:./empty", "--run", "./new"],
    `${at("empty")}: expected`,
  ],
  [
    "two models to start from",
    ["train", "--init-from", "glyphs", "--warm-start", "glyphs", "--run", "./new"],
    "expected one of --init-from, --warm-start, got both; leave one",
  ],
  [
    "a model of which nothing fits",
    ["train", "--warm-start", "glyphs", "--model", "naive", "--levels", "2", "--run", "./new"],
    "--warm-start: expected layers of the same names in both networks, no narrower than before, got none; choose glyphs's own",
  ],
  [
    "one level",
    ["train", "--levels", "1", "--run", "./new"],
    "--levels: expected a whole number from 2 to 65536, got 1",
  ],
  [
    "257 levels",
    ["train", "--levels", "65537", "--run", "./new"],
    "--levels: expected a whole number from 2 to 65536, got 65537",
  ],
  [
    "an unknown key in a config file",
    ["train", "--config", "unknown-key.json", "--run", "./new"],
    `${at("unknown-key.json")}: stepz: expected a known setting, got one of no meaning (did you mean steps?); see --help for all of them`,
  ],
  [
    "a config file that is no JSON",
    ["train", "--config", "no-json.json", "--run", "./new"],
    `${at("no-json.json")}: expected JSON, got text with a mistake (line 3, column 4): `,
  ],
  [
    "a config file that is not there",
    ["train", "--config", "nowhere.json", "--run", "./new"],
    `expected a config file at ${at("nowhere.json")}, found none`,
  ],
  [
    "a run that exists",
    ["train", "--run", "./old-run"],
    `expected a new run directory, but ${at("old-run")} holds a run; choose another --run`,
  ],
  [
    "a run below a file",
    ["train", "--run", "./model.safetensors/run"],
    `${at("model.safetensors/run")}: expected a folder in that path, got a file; name another place (ENOTDIR)`,
  ],
  [
    "a training whose loss is no number",
    ["train", "--init-from", "huge.safetensors", "--size", "8", "--steps", "2", "--quiet", "--run", "./new"],
    "expected a finite loss at step 1, got NaN; lower --learning-rate or --clip-norm\n",
  ],
  [
    "a batch that no memory holds",
    [
      ...["train", "--size", "64", "--channels", "64", "--layers", "1", "--batch-size", "2000"],
      ...["--backend", "wasm", "--workers", "1", "--quiet", "--run", "./new"],
    ],
    "expected a computation of at most 4,096 MiB, got one of ",
  ],
  [
    "a model whose likelihood is no number",
    ["evaluate", "huge.safetensors", "--limit", "2", "--backend", "wasm", "--quiet"],
    "expected a finite likelihood, got NaN nats: the model's numbers overflow float32; use an earlier checkpoint",
  ],
  [
    "a model that a thread cannot draw from",
    ["generate", "huge.safetensors", "--count", "2", "--workers", "2", "--quiet"],
    "expected finite logits, got NaN or infinity for picture",
  ],
  [
    "classes that the set does not have",
    ["train", "--classes", "3", "--run", "./new"],
    "--classes: expected 0 or 10, the number of glyphs, got 3",
  ],
  [
    "a model file that is not there",
    ["generate", "--model-file", "./nowhere.safetensors"],
    `expected a model file at ${at("nowhere.safetensors")}, found none`,
  ],
  [
    "a misspelt model",
    ["generate", "--model-file", "glyph"],
    `expected a model file at ${at("glyph")}, found none; train one, or name another: cifar10, cifar10-local, colour-glyphs, fashion-mnist, glyphs, `,
  ],
  [
    "a model file that is a folder",
    ["describe", "./folder"],
    `expected a model file at ${at("folder")}, found a folder without one; train one, or name another: `,
  ],
  [
    "a folder to decompress",
    ["decompress", "folder"],
    `expected a .pxc file at ${at("folder")}, found a folder; name another`,
  ],
  ["a cut model file", ["generate", "--model-file", "cut.safetensors"], `${at("cut.safetensors")}: `],
  [
    "the beginning of a model file",
    ["describe", "beginning.safetensors"],
    `${at("beginning.safetensors")}: expected a header of at most`,
  ],
  [
    "another kind of file",
    ["evaluate", "--model-file", "noise.safetensors"],
    `${at("noise.safetensors")}: expected a header of at most`,
  ],
  [
    "a forged model file",
    ["generate", "--model-file", "forged.safetensors"],
    `${at("forged.safetensors")}: `,
  ],
  [
    "an unknown class",
    ["generate", "--model-file", "model.safetensors", "--class", "10"],
    "--class: expected a label from 0 to 9, or all, got 10",
  ],
  [
    "a class for a model without",
    ["generate", "--model-file", "classless.safetensors", "--class", "1"],
    "--class: the model has no classes, got 1; leave it out",
  ],
  [
    "a folder for pictures in which something lies",
    ["generate", "--model-file", "model.safetensors", "--count", "1", "--out", "."],
    `--out: expected an empty folder or none at ${folder}, got one with files; name another`,
  ],
  [
    "a data set that does not fit",
    ["evaluate", "--model-file", "model.safetensors", "--dataset", "colour-glyphs"],
    "the model takes 8×8 pictures of 1 channel(s), but colour-glyphs has 8×8 of 3",
  ],
];

/** This goes through pnpm, and these are processes of their own, which have threads or end in the middle of work: what they write is the same. */
const throughPnpm = "a model file that is a folder";
const ofTheirOwn = [
  "an unknown data set",
  "a training whose loss is no number",
  "a batch that no memory holds",
  "a model that a thread cannot draw from",
  "a misspelt model",
];

describe("one line on standard error, exit code 1, nothing written", () => {
  it.each(failures)("%s", async (name, words, line) => {
    const before = listing(folder);
    const [command, ...rest] = words as [string, ...string[]];
    const run = name === throughPnpm ? pixelcnn : ofTheirOwn.includes(name) ? runCli : runHere;
    const { code, stdout, stderr } = await run(folder, command, ...rest);
    expect(stderr.slice(0, line.length)).toBe(line);
    expect(stderr).toMatch(/^[^\n]+\n$/);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(listing(folder)).toEqual(before);
  });
});

it.runIf(process.platform === "linux")("a disk that is full when all is drawn is one line", async () => {
  const { code, stdout, stderr } = await runCli(
    folder,
    ...["generate", "model.safetensors", "--count", "1", "--out", "/dev/full"],
  );
  expect({ code, stdout, stderr }).toEqual({
    code: 1,
    stdout: "",
    stderr: "/dev/full: no space is left there; free some, or name another place (ENOSPC)\n",
  });
});

it("a reader that has read enough is no failure", async () => {
  const child = spawn(process.execPath, [inject("app"), "describe", at("model.safetensors")]);
  child.stdout.destroy(); // what it writes now breaks the pipe
  let stderr = "";
  child.stderr.on("data", (chunk: Buffer) => {
    stderr += chunk;
  });
  const [code] = await once(child, "close");
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
});
