// biome-ignore-all lint/suspicious/noControlCharactersInRegex: what a terminal is sent begins with one
import { inflateSync } from "node:zlib";
import { rasterOf } from "@pixelcnn/pictures";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type AppAction, type AppState, initialState } from "../src/app/state.ts";
import { update } from "../src/app/update.ts";
import { GraphicsAnswers, QUESTION } from "../src/graphics/ask.ts";
import { type Band, bandPixels } from "../src/graphics/band.ts";
import { iterm2Picture } from "../src/graphics/iterm2.ts";
import { kittyPicture } from "../src/graphics/kitty.ts";
import { PictureLayer, type PlacedPictures } from "../src/graphics/picture-layer.ts";
import { placedSamples } from "../src/graphics/placed-samples.ts";
import { AnswerFilter } from "../src/terminal/answers.ts";
import { isWorthAsking, stylesOf } from "../src/terminal/capabilities.ts";
import { frameOf } from "./support/frame.tsx";

const KITTY = "\x1b_Gi=4211;OK\x1b\\";
const ITERM2 = "\x1b]1337;ReportCellSize=17.5;8.0;2.0\x07";
const CELL = "\x1b[6;20;10t";
const ATTRIBUTES = "\x1b[?62;4;22c";

function graphicsOf(...answers: string[]) {
  const asked = new GraphicsAnswers();
  return answers.map((answer) => asked.take(answer));
}

test("answers are taken out from between the keys, in whatever pieces they come", () => {
  const pieces = [
    "a",
    "\x1b[A",
    KITTY,
    "\x1b",
    "x",
    ITERM2,
    CELL,
    "é",
    ATTRIBUTES,
    "\x1b]1337;Z\x1b\\",
    "\x1b[B",
  ];
  const stream = Buffer.from(pieces.join(""), "utf8").toString("latin1");
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: stream.length }), { maxLength: 6 }), (cuts) => {
      const filter = new AnswerFilter();
      const ends = [...cuts, stream.length].sort((a, b) => a - b);
      let [keys, from] = ["", 0];
      const answers: string[] = [];
      for (const end of ends) {
        const taken = filter.take(stream.slice(from, end));
        keys += taken.keys;
        answers.push(...taken.answers);
        from = end;
      }
      // A cut behind the escape alone, or in a short sequence, is a key to whoever reads one.
      const isAmbiguous = ends.some((end) => /\x1b(?:\[6?)?$/.test(stream.slice(0, end)));
      if (isAmbiguous) return;
      expect(answers).toEqual([KITTY, ITERM2, CELL, ATTRIBUTES, "\x1b]1337;Z\x1b\\"]);
      expect(Buffer.from(keys, "latin1").toString("utf8")).toBe("a\x1b[A\x1bxé\x1b[B");
      expect(filter.isHolding).toBe(false);
    }),
  );
  const filter = new AnswerFilter();
  expect(filter.take("\x1b_nothing follows")).toEqual({ keys: "", answers: [] });
  expect(filter.release()).toBe("\x1b_nothing follows");
});

test("what a terminal can is known once it has said what it is", () => {
  expect(graphicsOf(KITTY, CELL, ATTRIBUTES)).toEqual([
    ...[null, null, { protocol: "kitty", cell: { width: 10, height: 20 } }],
  ]);
  expect(graphicsOf(ITERM2, ATTRIBUTES).at(-1)).toEqual({
    ...{ protocol: "iterm2", cell: { width: 16, height: 35 } },
  });
  // Terminals that know both have kitty's.
  expect(graphicsOf(KITTY, ITERM2, ATTRIBUTES).at(-1)).toMatchObject({ protocol: "kitty" });
  expect(graphicsOf(KITTY.replace("OK", "ENOTSUPPORTED"), CELL, ATTRIBUTES).at(-1)).toBe("none");
  expect(graphicsOf("\x1b[6;0;0t", KITTY, ATTRIBUTES).at(-1)).toMatchObject({
    cell: { width: 8, height: 16 },
  });
  expect(QUESTION.endsWith("\x1b[c")).toBe(true);
  const colour = { colour: 24 } as const;
  expect(isWorthAsking({ TERM: "xterm-256color" }, colour)).toBe(true);
  for (const TERM of ["linux", "dumb", undefined]) expect(isWorthAsking({ TERM }, colour)).toBe(false);
  expect(isWorthAsking({ TERM: "xterm" }, { colour: 0 })).toBe(false);
});

/** 4×4, white but for its last row. */
const square = rasterOf(new Uint8Array(16).fill(1, 0, 12), { width: 4, height: 4, channels: 1, levels: 2 });
const cell = { width: 4, height: 8 };

function bandOf(rest: Partial<Band> = {}): Band {
  const pictures = () => [square, { ...square, drawn: 6, mark: 6 }];
  return { row: 2, column: 3, columns: 5, pitch: 3, key: "a", pictures, ...rest };
}

test("a band has every pixel as large as its share of a character, and nothing where nothing is drawn", () => {
  const { width, height, rgba } = bandPixels(bandOf(), { cell });
  expect([width, height]).toEqual([20, 8]);
  const rows = Array.from({ length: height }, (_, y) =>
    Array.from({ length: width }, (_, x) => {
      const [red, green, , alpha] = rgba.subarray((y * width + x) * 4);
      return alpha === 0 ? " " : green === 64 ? "!" : red === 255 ? "#" : ".";
    }).join(""),
  );
  expect(rows).toEqual([
    ...["########    ########", "########    ########"],
    ...["########    ####!!  ", "########    ####!!  "],
    ...["########            ", "########            "],
    ...["........            ", "........            "],
  ]);
});

describe("a protocol", () => {
  const pixels = bandPixels(bandOf(), { cell });

  test("of kitty has the pixels, packed and in pieces, and asks for no answer", () => {
    const large = {
      width: 256,
      height: 16,
      rgba: Uint8Array.from({ length: 16384 }, (_, i) => Math.imul(i, 2654435761) >>> 24),
    };
    const text = kittyPicture(large, 77, 9);
    const pieces = [...text.matchAll(/\x1b_G([^;]*);([^\x1b]*)\x1b\\/g)];
    expect(pieces.map(([piece]) => piece).join("")).toBe(text);
    expect(pieces.length).toBeGreaterThan(1);
    expect(pieces[0]![1]).toBe("a=T,q=2,f=32,o=z,t=d,s=256,v=16,i=77,p=1,c=9,r=1,C=1,m=1");
    expect(pieces.slice(1).map(([, options]) => options)).toEqual([
      ...pieces.slice(2).map(() => "m=1"),
      "m=0",
    ]);
    for (const [, , data] of pieces) expect(data!.length).toBeLessThanOrEqual(4096);
    const data = pieces.map(([, , piece]) => piece).join("");
    expect(new Uint8Array(inflateSync(Buffer.from(data, "base64")))).toEqual(large.rgba);
  });

  test("of iTerm2 has a PNG file, as high as a line", () => {
    const [, options, data] = /^\x1b\]1337;File=([^:]*):([^\x07]*)\x07$/.exec(iterm2Picture(pixels, 5))!;
    const png = Buffer.from(data!, "base64");
    expect(options).toBe(`inline=1;size=${png.length};width=5;height=1;preserveAspectRatio=0`);
    // Width, height, bits and kind: RGB with alpha.
    expect([png.readUInt32BE(16), png.readUInt32BE(20), png[24], png[25]]).toEqual([20, 8, 8, 6]);
  });
});

describe("the layer", () => {
  const placed = (...bands: Band[]): PlacedPictures => ({ key: "k", bands });

  function layerFor(protocol: "kitty" | "iterm2") {
    const written: string[] = [];
    const layer = new PictureLayer((text) => written.push(text), { protocol, cell });
    const take = () => written.splice(0).join("");
    return { layer, take };
  }

  test("sends what changed, where it lies, once the frame below it is written", () => {
    const { layer, take } = layerFor("kitty");
    layer.show(placed(bandOf(), bandOf({ row: 3 })));
    layer.show(placed(bandOf(), bandOf({ row: 3 })));
    expect(take()).toBe("");
    layer.show(placed(bandOf(), bandOf({ row: 3 })));
    const first = take();
    expect(first).toMatch(/^\x1b7\x1b\[3;4H\x1b_Ga=T.*\x1b\[4;4H\x1b_Ga=T.*\x1b8$/s);
    layer.show(placed(bandOf(), bandOf({ row: 3 })));
    expect(take()).toBe("");
    // The new one is there before the old one goes.
    layer.show(placed(bandOf({ key: "b" }), bandOf({ row: 3 })));
    const idOf = (text: string) => [...text.matchAll(/[,;G]i=(\d+)/g)].map(([, id]) => id);
    const [added, gone] = idOf(take());
    expect(gone).toBe(idOf(first)[0]);
    expect(added).not.toBe(gone);
  });

  test.each([
    ["kitty", /^\x1b7(?:\x1b_Ga=d,d=I,q=2,i=\d+\x1b\\)\x1b8$/],
    ["iterm2", /^\x1b7\x1b\[3;4H {5}\x1b8$/],
  ] as const)("takes away what %s shows before another frame is written", (protocol, removal) => {
    const { layer, take } = layerFor(protocol);
    for (let i = 0; i < 3; i++) layer.show(placed(bandOf()));
    expect(take()).not.toBe("");
    layer.prepare(null);
    expect(take()).toMatch(removal);
    layer.prepare(null);
    expect(take()).toBe("");
  });
});

test("the sample view leaves room for real pixels once the terminal has answered, and `a` goes back to text", () => {
  const act = (state: AppState, ...actions: AppAction[]) =>
    actions.reduce((before, action) => update(before, action).state, state);
  const path = "/models/digits.safetensors";
  const info = {
    picture: { width: 8, height: 8, channels: 1, levels: 2 },
    ...{ classes: 0, classNames: null, weights: 1, dataset: "none" },
  };
  const graphics = { protocol: "kitty", cell } as const;
  const opened = act(
    initialState({
      ...{ path, runsRoot: "/runs", size: { columns: 40, rows: 20 }, view: "sample" },
      capabilities: { colour: 24, unicode: true, graphics: null },
    }),
    { type: "model-loaded", path, info },
    { type: "graphics", graphics },
  );
  expect(opened.sample.style).toBe("pixels");
  expect(placedSamples(opened)).toBe(null);
  const { count, drawing } = opened.sample;
  const drawn = act(
    opened,
    {
      ...{ type: "frame", id: drawing },
      frame: {
        ...{ batch: 0, first: 0, count, position: 64, pixels: new Uint8Array(count * 64).fill(1) },
        ...{ logProbabilities: null, sampler: "s", drawnPositions: 0, busyMs: 0 },
      },
    },
    ...["/", "/", "/", "/", "/"].map((key) => ({ type: "key", key }) as const),
  );
  const { bands } = placedSamples(drawn)!;
  // Seven of them, four characters wide, in rows of two bands each.
  expect(bands.slice(0, 3).map(({ row, column, columns }) => [row, column, columns])).toEqual([
    [1, 0, 40],
    [2, 0, 40],
    [3, 0, 40],
  ]);
  const [upper, lower] = bands.map((band) => band.pictures()[0]!);
  expect([upper!.drawn, upper!.mark, lower!.drawn, lower!.mark]).toEqual([32, null, 8, 8]);
  expect(frameOf(drawn)).toContain("pixels");
  expect(frameOf(drawn).split("\n").slice(1, 10).join("")).toBe("");
  const next = act(drawn, { type: "key", key: "a" });
  expect(next.sample.style).toBe(stylesOf(drawn.capabilities)[1]);
  expect(placedSamples(next)).toBe(null);
  for (const key of ["?", "tab"]) expect(placedSamples(act(drawn, { type: "key", key }))).toBe(null);
  // Whoever has chosen a style before the answer comes keeps it.
  const chosen = act(
    { ...opened, capabilities: { ...opened.capabilities, graphics: null } },
    {
      ...{ type: "style", style: "shades" },
    },
  );
  expect(act(chosen, { type: "graphics", graphics }).sample.style).toBe("shades");
});
