import { describe, expect, test } from "vitest";
import { amountOf, extensionOf, resumeWords } from "../src/runs/extension.ts";
import { formTrouble, newForm, pressInForm, runNameFor, trainWords } from "../src/runs/training-form.ts";
import { runStatus } from "./support/fixtures.ts";

describe("the form", () => {
  const press = (...keys: string[]) => keys.reduce(pressInForm, newForm(["glyphs", "binarized-mnist"]));

  test("becomes the words of a command", () => {
    const form = press("right", "down", "left", "down", "right", "down", "backspace", "1", "2");
    expect(trainWords(form, "/runs/x")).toEqual([
      ...[
        "--dataset",
        "binarized-mnist",
        "--model",
        "naive",
        "--levels",
        "2",
        "--channels",
        "32",
        "--layers",
        "6",
      ],
      ...["--epochs", "12", "--run", "/runs/x", "--quiet"],
    ]);
    expect(formTrouble(form)).toBe(null);
  });

  test("wants a number of epochs", () => {
    const empty = press("up", "backspace");
    expect(formTrouble(empty)).toBe("type a number of epochs");
    expect(pressInForm(pressInForm(empty, "0"), "x")).toEqual(empty);
  });

  test("gives every run a name of its own", () => {
    expect(runNameFor(press(), [])).toBe("glyphs-gated-small");
    expect(runNameFor(press(), ["glyphs-gated-small", "glyphs-gated-small-2"])).toBe("glyphs-gated-small-3");
  });
});

describe("a finished run", () => {
  const run = runStatus("run");

  test.each([
    ["epochs", 3, "2", ["--epochs", "5"]],
    ["steps", 400, "100", ["--steps", "500"]],
    ["minutes", 2.5, "0.5", ["--minutes", "3"]],
  ] as const)("goes on for more %s", (unit, done, typed, words) => {
    const ended = { epoch: 3, step: 400, elapsedMs: 149_000 };
    const extension = extensionOf({ ...run, ...ended, config: { [unit]: done } })!;
    expect(extension).toMatchObject({ unit, done });
    expect(resumeWords(run.directory, extension, amountOf(typed, unit)!)).toEqual([
      ...["--resume", "/runs/run/", ...words, "--quiet"],
    ]);
  });

  test.each([
    ["epochs", 90, 2],
    ["steps", 200_000, 4129],
    ["minutes", 1, 1.5],
  ] as const)("is asked how many more %s than it has done, whatever it was told", (unit, told, done) => {
    const ended = { epoch: 2, step: 4129, elapsedMs: 90_000 };
    const extension = extensionOf({ ...run, ...ended, config: { [unit]: told } })!;
    expect(extension).toMatchObject({ unit, done });
    expect(resumeWords("/runs/run", extension, 1).slice(2, 4)).toEqual([`--${unit}`, String(done + 1)]);
  });

  test.each([
    ["epochs", 90, "5", ["--epochs", "15"]],
    ["steps", 4000, "50", ["--steps", "150"]],
    ["minutes", 30, "1", ["--minutes", "2.34"]],
  ] as const)("that ended early goes on for so many %s more than it has had", (unit, told, typed, words) => {
    const ended = { epoch: 10, step: 100, elapsedMs: 80_000 };
    const extension = extensionOf({ ...run, ...ended, config: { [unit]: told, patience: 2 } })!;
    expect(resumeWords("/runs/run", extension, amountOf(typed, unit)!)).toEqual([
      ...["--resume", "/runs/run/", ...words, "--quiet"],
    ]);
  });

  test("says no amount of nothing, of words or of halves", () => {
    for (const text of ["", "0", "x", "1.5", "-1", "1e3"]) expect(amountOf(text, "epochs"), text).toBe(null);
    for (const text of ["", "0", "x", "-1", "1e3", "1.", "0.0"])
      expect(amountOf(text, "minutes"), text).toBe(null);
    expect(extensionOf({ ...run, config: {} })).toBe(null);
    expect(extensionOf({ ...run, config: null })).toBe(null);
  });
});
