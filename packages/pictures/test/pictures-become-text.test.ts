import { describe, expect, test } from "vitest";
import {
  BrailleCanvas,
  heatColour,
  heatRaster,
  pictureText,
  pixelBits,
  pixelRows,
  rasterOf,
  textSize,
  textStyles,
} from "../src/index.ts";

const binary = { height: 4, width: 4, channels: 1, levels: 2 };
const grey = { height: 2, width: 2, channels: 1, levels: 4 };
const rgb = { height: 1, width: 2, channels: 3, levels: 2 };

/** A ring. */
const ring = Uint8Array.of(1, 1, 1, 1, 1, 0, 0, 1, 1, 0, 0, 1, 1, 1, 1, 1);
// biome-ignore lint/suspicious/noControlCharactersInRegex: colour sequences begin with one
const plain = (line: string) => line.replace(/\x1b\[[0-9;]*m/g, "");

describe("half blocks", () => {
  test("have the upper pixel as text and the lower one behind it, sequences only where they change", () => {
    const raster = rasterOf(Uint8Array.of(3, 3, 0, 1), grey);
    expect(pictureText(raster, "half-blocks", 24)).toEqual([
      "\x1b[38;2;255;255;255m\x1b[48;2;0;0;0m▀\x1b[48;2;85;85;85m▀\x1b[39m\x1b[49m",
    ]);
  });

  test("are of the palette of 256 where there is no more", () => {
    expect(pictureText(rasterOf(Uint8Array.of(0, 1, 2, 3), grey), "half-blocks", 8)).toEqual([
      "\x1b[38;5;16m\x1b[48;5;248m▀\x1b[38;5;240m\x1b[48;5;231m▀\x1b[39m\x1b[49m",
    ]);
    expect(pictureText(rasterOf(Uint8Array.of(1, 0, 0, 0, 0, 1), rgb), "half-blocks", 8)).toEqual([
      "\x1b[38;5;196m▀\x1b[38;5;21m▀\x1b[39m",
    ]);
  });

  test("are blank where nothing is drawn, and point at the marked pixel", () => {
    const raster = rasterOf(ring, binary, { drawn: 5, mark: 5 });
    expect(pictureText(raster, "half-blocks", 24).map(plain)).toEqual(["▀▀▀▀", "    "]);
    expect(pictureText(raster, "half-blocks", 24)[0]).toContain("\x1b[48;2;255;64;64m");
  });
});

describe("braille", () => {
  test("has a dot for every white pixel", () => {
    expect(pictureText(rasterOf(ring, binary), "braille", 0)).toEqual(["⣏⣹"]);
  });

  test("dithers grey: of 64 half-grey pixels half are dots", () => {
    const picture = { height: 8, width: 8, channels: 1, levels: 3 };
    const text = pictureText(rasterOf(new Uint8Array(64).fill(1), picture), "braille", 0).join("");
    const dots = [...text].reduce(
      (sum, character) =>
        sum + [...(character.charCodeAt(0) - 0x2800).toString(2)].filter((bit) => bit === "1").length,
      0,
    );
    expect(dots).toBe(32);
  });

  test("shows the marked character", () => {
    expect(pictureText(rasterOf(ring, binary, { drawn: 5, mark: 6 }), "braille", 0)).toEqual(["⠋⠿"]);
  });
});

describe("ramps", () => {
  test("have two characters a pixel, lower levels with less ink", () => {
    const raster = rasterOf(Uint8Array.of(0, 1, 2, 3), grey);
    expect(pictureText(raster, "ascii", 24)).toEqual(["  --", "**@@"]);
    expect(pictureText(raster, "shades", 24)).toEqual(["  ░░", "▓▓██"]);
  });

  test("mark a pixel in 7 bits where there is no colour, and colour only what is coloured", () => {
    const raster = rasterOf(Uint8Array.of(3, 3, 0, 0), grey, { drawn: 1, mark: 1 });
    expect(pictureText(raster, "ascii", 0)).toEqual(["@@[]", "    "]);
    const coloured = rasterOf(Uint8Array.of(1, 0, 0, 0, 0, 1), rgb);
    expect(pictureText(coloured, "ascii", 24)).toEqual([
      "\x1b[38;2;255;0;0m::\x1b[39m\x1b[38;2;0;0;255m..\x1b[39m",
    ]);
    expect(pictureText(coloured, "ascii", 0)).toEqual(["::.."]);
  });
});

test.each(textStyles)("%s has the size that it says, odd sides and unfinished pictures included", (style) => {
  const picture = { height: 7, width: 5, channels: 1, levels: 2 };
  for (const drawn of [0, 12, 35]) {
    const lines = pictureText(rasterOf(new Uint8Array(35).fill(1), picture, { drawn, mark: 12 }), style, 24);
    const { columns, rows } = textSize(picture, style);
    expect(lines).toHaveLength(rows);
    for (const line of lines) expect(plain(line)).toHaveLength(columns);
  }
});

test.each(textStyles)("a line of %s is that of its own rows of pixels alone", (style) => {
  const [width, height] = [5, 7];
  const levels = Uint8Array.from({ length: width * height * 3 }, (_, i) => (i * 7) % 4);
  for (const drawn of [0, 1, 12, 17, 35]) {
    const mark = drawn < 35 ? drawn : null;
    const lines = pictureText(
      rasterOf(levels, { height, width, channels: 3, levels: 4 }, { drawn, mark }),
      style,
      24,
    );
    for (const [line, text] of lines.entries()) {
      const first = line * pixelRows(style);
      const band = { height: Math.min(pixelRows(style), height - first), width, channels: 3, levels: 4 };
      const start = first * width;
      const pixels = band.height * width;
      const playback = {
        drawn: Math.min(pixels, Math.max(0, drawn - start)),
        mark: mark !== null && mark >= start && mark < start + pixels ? mark - start : null,
      };
      const own = levels.subarray(start * 3, (start + pixels) * 3);
      expect(pictureText(rasterOf(own, band, playback), style, 24)).toEqual([text]);
    }
  }
});

describe("heat", () => {
  test("is the surprise of a pixel's values in bits", () => {
    const half = Math.log(0.5);
    expect(pixelBits(Float32Array.of(0, 0, 0, half, half, 2 * half), 1, 3)).toBeCloseTo(4);
  });

  test("gets brighter with every bit, and no further than its end", () => {
    const shape = { height: 1, width: 4, channels: 1, levels: 4 };
    const logProbabilities = Float32Array.from([0, 1, 2, 9], (bits) => -bits * Math.LN2);
    const { rgb: bytes } = heatRaster(logProbabilities, shape, 2);
    expect([...bytes.slice(0, 3)]).toEqual(heatColour(0));
    expect([...bytes.slice(3, 6)]).toEqual(heatColour(0.5));
    expect([...bytes.slice(6, 9)]).toEqual(heatColour(1));
    expect([...bytes.slice(9, 12)]).toEqual(heatColour(1));
    const lumas = Array.from({ length: 101 }, (_, i) => {
      const [red, green, blue] = heatColour(i / 100);
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    });
    for (let i = 1; i <= 100; i++) expect(lumas[i]).toBeGreaterThan(lumas[i - 1]!);
  });
});

describe("a canvas of braille", () => {
  test("places all eight dots of a character", () => {
    const characters = [0, 1, 2, 3].flatMap((y) =>
      [0, 1].map((x) => {
        const canvas = new BrailleCanvas(1, 1);
        canvas.set(x, y, 0);
        return canvas.rows()[0]![0]!.character;
      }),
    );
    expect(characters).toEqual(["⠁", "⠈", "⠂", "⠐", "⠄", "⠠", "⡀", "⢀"]);
  });

  test("draws lines, cuts what is outside, and remembers who drew last", () => {
    const canvas = new BrailleCanvas(2, 1);
    canvas.line(0, 0, 9, 9, 1);
    canvas.line(3, 0, 3, 3, 2);
    const [row] = canvas.rows();
    expect(row!.map(({ character }) => character).join("")).toBe("⠑⢼");
    expect(row!.map(({ layer }) => layer)).toEqual([1, 2]);
    expect(new BrailleCanvas(1, 1).rows()).toEqual([[{ character: " ", layer: null }]]);
  });
});
