import { textStyles } from "@pixelcnn/pictures";
import { describe, expect, test } from "vitest";
import { keyName } from "../src/app/key-names.ts";
import { helpLines, runKeys, sampleKeys } from "../src/app/keys.ts";
import { knownOf, newTopRows, pressInTopRows, type TopRows } from "../src/app/top-rows.ts";
import { fitGrid, joinPictures } from "../src/sampling/grid.ts";
import { capabilitiesOf, stylesOf } from "../src/terminal/capabilities.ts";
import { sevenBit } from "../src/terminal/seven-bit.ts";
import { fittedLine } from "../src/views/fitted-line.ts";
import { shrinkRaster } from "../src/views/shrink-raster.ts";

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
    [{ TERM: "xterm", LANG: "C.UTF-8", FORCE_COLOR: "" }, 8, true, "half-blocks"],
    [{ TERM: "xterm", LANG: "C.UTF-8", FORCE_COLOR: "3", NO_COLOR: "1" }, 24, true, "half-blocks"],
    [{ TERM: "xterm", LANG: "C.UTF-8", FORCE_COLOR: "2", COLORTERM: "truecolor" }, 8, true, "half-blocks"],
    [{ TERM: "xterm", LANG: "C.UTF-8", FORCE_COLOR: "1" }, 8, true, "half-blocks"],
    [
      { TERM: "xterm", LANG: "C.UTF-8", FORCE_COLOR: "true", COLORTERM: "truecolor" },
      24,
      true,
      "half-blocks",
    ],
    [{ TERM: "xterm-256color", LANG: "C.UTF-8", FORCE_COLOR: "0" }, 0, true, "braille"],
  ])(
    "with %o shows %d bits of colour, beyond 7-bit characters: %s, by %s",
    (environment, colour, unicode, style) => {
      const capabilities = capabilitiesOf(environment, "linux");
      expect(capabilities).toEqual({ colour, unicode, graphics: null });
      expect(stylesOf(capabilities)[0]).toBe(style);
    },
  );

  test("shows the colours that the flag asks for, whatever the environment says", () => {
    const poor = { TERM: "dumb", NO_COLOR: "1", FORCE_COLOR: "0" };
    expect(capabilitiesOf(poor, "linux", "truecolor").colour).toBe(24);
    expect(capabilitiesOf(poor, "linux", "256").colour).toBe(8);
    expect(capabilitiesOf({ COLORTERM: "truecolor", FORCE_COLOR: "3" }, "linux", "never").colour).toBe(0);
  });

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
    expect(fit(80, 18)).toEqual({ style: "ascii", shrink: 1, across: 2, down: 1, below: 0 });
    expect(fit(80, 15)).toEqual({ style: "half-blocks", shrink: 1, across: 4, down: 1, below: 0 });
    expect(fit(12, 9)).toEqual({ style: "braille", shrink: 1, across: 1, down: 2, below: 0 });
    expect(fit(7, 9)).toEqual({ style: "braille", shrink: 2, across: 1, down: 4, below: 0 });
    expect(fit(1, 9)).toBe(null);
    expect(fit(200, 60, 3)).toEqual({ style: "ascii", shrink: 1, across: 3, down: 1, below: 0 });
    const inAscii = (columns: number, rows: number) =>
      fitGrid({ columns, rows }, digit, "ascii", { styles: ["ascii"], most: 9 });
    expect(inAscii(40, 10)).toEqual({ style: "ascii", shrink: 2, across: 2, down: 1, below: 0 });
    expect(inAscii(12, 10)).toEqual({ style: "ascii", shrink: 3, across: 1, down: 1, below: 0 });
    expect(inAscii(7, 10)).toBe(null);
  });

  test("lie side by side and below each other, apart where there is room", () => {
    const grid = { style: "ascii", shrink: 1, across: 2, down: 2, below: 0 } as const;
    const pictures = [
      ["a", "b"],
      ["c", "d"],
      ["e", "f"],
    ];
    expect(joinPictures(pictures, grid, 5)).toEqual(["a  c", "b  d", "", "e", "f"]);
    expect(joinPictures(pictures, grid, 4)).toEqual(["a  c", "b  d", "e", "f"]);
  });
});

test("a picture is made smaller by means of what is drawn, and grows as the whole one does", () => {
  const rgb = Uint8Array.from({ length: 5 * 3 * 3 }, (_, i) => Math.floor(i / 3) * 10);
  const picture = { width: 5, height: 3, rgb };
  const whole = shrinkRaster({ ...picture, drawn: 15, mark: null }, 2);
  expect([whole.width, whole.height, whole.drawn, whole.mark]).toEqual([3, 2, 6, null]);
  const grey = (raster: typeof whole) => Array.from({ length: 6 }, (_, i) => raster.rgb[i * 3]);
  // Pixels 0 1 5 6, 2 3 7 8, 4 9, 10 11, 12 13, 14.
  expect(grey(whole)).toEqual([30, 50, 65, 105, 125, 140]);
  const growing = (drawn: number) => shrinkRaster({ ...picture, drawn, mark: drawn }, 2);
  expect([0, 1, 2, 3, 5, 6, 9, 10, 11].map((drawn) => growing(drawn).drawn)).toEqual([
    ...[0, 1, 1, 2, 3, 3, 3, 3, 4],
  ]);
  expect([0, 2, 4, 5, 9, 10, 14].map((drawn) => growing(drawn).mark)).toEqual([0, 1, 2, 0, 2, 3, 5]);
  expect(grey(growing(6)).slice(0, 3)).toEqual([20, 25, 40]);
});

test("a line gives way from its end, and keeps what has no shorter form", () => {
  const parts = ["name", ["sixteen levels", "16", ""], "seed", ["temperature", "temp"]];
  expect(fittedLine(parts, 80)).toBe("name · sixteen levels · seed · temperature");
  expect(fittedLine(parts, 41)).toBe("name · sixteen levels · seed · temp");
  expect(fittedLine(parts, 34)).toBe("name · 16 · seed · temp");
  expect(fittedLine(parts, 1)).toBe("name · seed · temp");
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

  test("are painted by every digit but 0, also where there are two levels", () => {
    const top = { ...newTopRows({ ...picture, levels: 2 }, null), x: 0, y: 0 };
    const painted = "0123456789".split("").map((digit) => knownOf(pressInTopRows(top, digit)).levels[0]);
    expect(painted).toEqual([0, 1, 1, 1, 1, 1, 1, 1, 1, 1]);
    expect(pressInTopRows({ ...top, picture: { ...picture, levels: 256 } }, "1").levels[0]).toBe(28);
  });

  test("of colours by number and of codes take the number of a digit, and space the next one", () => {
    const palette = [0, 80, 160].map((red) => [red, 0, 0, 255] as const);
    for (const kind of [{ palette }, { unordered: true } as const]) {
      const top = newTopRows({ height: 4, width: 4, channels: 1, levels: 3, ...kind }, null);
      const at = (painted: TopRows) => painted.levels[painted.y * 4 + painted.x];
      expect("0129".split("").map((digit) => at(pressInTopRows(top, digit)))).toEqual([0, 1, 2, 2]);
      const spaces = [1, 2, 3].map((times) => {
        return at(
          Array.from({ length: times }).reduce<TopRows>((rows) => pressInTopRows(rows, "space"), top),
        );
      });
      expect(spaces).toEqual([1, 2, 0]);
    }
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
