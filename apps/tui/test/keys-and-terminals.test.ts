import { textStyles } from "@pixelcnn/pictures";
import { describe, expect, test } from "vitest";
import { keyName } from "../src/app/key-names.ts";
import { helpLines, runKeys, sampleKeys } from "../src/app/keys.ts";
import { knownOf, newTopRows, pressInTopRows } from "../src/app/top-rows.ts";
import { formTrouble, newForm, pressInForm, runNameFor, trainWords } from "../src/runs/training-form.ts";
import { fitGrid, joinPictures } from "../src/sampling/grid.ts";
import { capabilitiesOf, stylesOf } from "../src/terminal/capabilities.ts";
import { sevenBit } from "../src/terminal/seven-bit.ts";

describe("keys", () => {
  test("are named as the bindings name them", () => {
    const names = [
      keyName(" ", { name: "space" }),
      keyName("\r", { name: "return" }),
      keyName(undefined, { name: "up" }),
      keyName("\x7f", { name: "backspace" }),
      keyName("\x03", { name: "c", ctrl: true }),
      keyName("C", { name: "c", shift: true }),
      keyName("#", {}),
      keyName("é", {}),
      keyName(undefined, { name: "f5" }),
      keyName("x", { name: "x", meta: true }),
    ];
    expect(names).toEqual(["space", "enter", "up", "backspace", "ctrl-c", "C", "#", "é", null, null]);
  });

  test.each([
    ["sample", sampleKeys],
    ["runs", runKeys],
  ])("of the %s view have one meaning each", (_, bindings) => {
    const keys = bindings.flatMap((binding) => binding.keys);
    expect(new Set(keys).size).toBe(keys.length);
    for (const { keys: own, does } of bindings) expect([1, own.length]).toContain(does.length);
  });

  test("are all in the help line, which is as long as the window is wide", () => {
    for (const columns of [80, 120, 200]) {
      const lines = helpLines(sampleKeys, columns, 3);
      for (const line of lines) expect(line.length).toBeLessThanOrEqual(columns);
      for (const { short } of sampleKeys) expect(lines.join("  ")).toContain(short);
    }
    expect(helpLines(sampleKeys, 40, 1)).toEqual(["space play  . pixel  / row  ? all keys"]);
  });
});

describe("a terminal", () => {
  test.each([
    [{ COLORTERM: "truecolor", TERM: "xterm-256color", LANG: "C.UTF-8" }, 24, true, "half-blocks"],
    [{ TERM: "tmux-256color", LANG: "de_DE.utf8" }, 8, true, "half-blocks"],
    [{ TERM: "xterm", LANG: "en_US.UTF-8" }, 0, true, "braille"],
    [{ COLORTERM: "truecolor", TERM: "xterm", LANG: "en_US.UTF-8", NO_COLOR: "1" }, 0, true, "braille"],
    [{ COLORTERM: "truecolor", TERM: "xterm", LANG: "en_US.UTF-8", NO_COLOR: "" }, 24, true, "half-blocks"],
    [{ TERM: "vt220", LC_ALL: "C", LANG: "en_US.UTF-8" }, 0, false, "ascii"],
    [{ TERM: "dumb", LANG: "C.UTF-8", COLORTERM: "truecolor" }, 0, false, "ascii"],
  ])(
    "with %o shows %d bits of colour, beyond 7-bit characters: %s, by %s",
    (environment, colour, unicode, style) => {
      const capabilities = capabilitiesOf(environment, "linux");
      expect(capabilities).toEqual({ colour, unicode });
      expect(stylesOf(capabilities)[0]).toBe(style);
    },
  );

  test("of 7 bits gets every character as one of them", () => {
    expect(sevenBit("▶ 16×16 · ⠿⠀ │─└ ● … ▀▄ \u4e00 \x1b[1mbold")).toBe(
      '> 16x16 - *  |-+ * ~ "_ ? \x1b[1mbold',
    );
  });
});

describe("pictures", () => {
  const digit = { width: 16, height: 16 };

  test("are as many as fit, in a smaller style where none does", () => {
    const fit = (columns: number, rows: number, most = 400) =>
      fitGrid({ columns, rows }, digit, "ascii", { styles: textStyles, most });
    expect(fit(80, 18)).toEqual({ style: "ascii", across: 2, down: 1 });
    expect(fit(80, 15)).toEqual({ style: "half-blocks", across: 4, down: 1 });
    expect(fit(12, 9)).toEqual({ style: "braille", across: 1, down: 2 });
    expect(fit(7, 9)).toBe(null);
    expect(fit(200, 60, 3)).toEqual({ style: "ascii", across: 3, down: 1 });
    expect(fitGrid({ columns: 20, rows: 10 }, digit, "ascii", { styles: ["ascii"], most: 9 })).toBe(null);
  });

  test("lie side by side and below each other, apart where there is room", () => {
    const grid = { style: "ascii", across: 2, down: 2 } as const;
    const pictures = [
      ["a", "b"],
      ["c", "d"],
      ["e", "f"],
    ];
    expect(joinPictures(pictures, grid, 5)).toEqual(["a  c", "b  d", "", "e", "f"]);
    expect(joinPictures(pictures, grid, 4)).toEqual(["a  c", "b  d", "e", "f"]);
  });
});

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

describe("top rows", () => {
  const picture = { width: 3, height: 4, channels: 1, levels: 4 };
  const start = { ...newTopRows(picture, null), x: 0, y: 0 };
  const press = (...keys: string[]) => keys.reduce(pressInTopRows, start);

  test("are painted with the cursor, which stays in them", () => {
    const { levels, mask } = knownOf(press("space", "right", "3", "right", "right", "down", "down", "9"));
    expect([...levels]).toEqual([3, 1, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0]);
    expect([...mask]).toEqual([1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0]);
  });

  test("can be more or fewer; what is painted below them does not count", () => {
    const { levels, mask } = knownOf(press("down", "space", "["));
    expect([[...levels], [...mask]]).toEqual([new Array(12).fill(0), [1, 1, 1, ...new Array(9).fill(0)]]);
    expect(press("]", "]", "]", "]").rows).toBe(3);
    expect(press("[", "[", "[").rows).toBe(1);
  });

  test("are edited on from what is given", () => {
    const known = knownOf(press("space", "["));
    expect(knownOf(newTopRows(picture, known))).toEqual(known);
  });
});
