import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { cifarClassNames } from "@pixelcnn/core/data";
import { drawSheet, encodePng, rasterOf } from "@pixelcnn/pictures";
import { describe, expect, test } from "vitest";
import { type AppAction, type AppState, initialState } from "../src/app/state.ts";
import { update } from "../src/app/update.ts";
import { readSheets } from "../src/runs/read-sheets.ts";
import { classNamesOf } from "../src/sampling/class-names.ts";
import { allowedPositions, type SampleAction, type SampleState } from "../src/sampling/state.ts";
import { runStatus, temporaryFolder } from "./support/fixtures.ts";
import { frameOf } from "./support/frame.tsx";

const press = (...keys: string[]): AppAction[] => keys.map((key) => ({ type: "key", key }));

function act(state: AppState, ...actions: AppAction[]): AppState {
  return actions.reduce((before, action) => update(before, action).state, state);
}

const names = ["zebra", "hippopotamus", "cat"];
const info = {
  picture: { width: 6, height: 6, channels: 1, levels: 4 },
  ...{ classes: 3, classNames: names, weights: 1, dataset: "zoo" },
};

function opened(size: AppState["size"], view: AppState["view"] = "sample"): AppState {
  const state = initialState({
    ...{ path: "/models/zoo.safetensors", runsRoot: "/runs", size, view },
    capabilities: { colour: 0, unicode: false, graphics: null },
  });
  return act(state, { type: "model-loaded", path: state.sample.path, info });
}

/** All pictures, white in their first row. */
function drawn(state: AppState, first = 0): AppState {
  const { count, drawing } = state.sample;
  const pixels = Uint8Array.from({ length: count * 36 }, (_, i) => (i % 36 < 6 ? 3 : 0));
  const logProbabilities = new Float32Array(pixels.length).fill(-1);
  return act(
    state,
    {
      ...{ type: "frame", id: drawing },
      frame: {
        ...{ batch: 0, first, count, position: 36, pixels, logProbabilities },
        ...{ sampler: "incremental", drawnPositions: 0, busyMs: 0 },
      },
    },
    ...press(">"),
  );
}

describe("the classes of the pictures", () => {
  test("are told below them, and what they are called in a legend", () => {
    const frame = frameOf(drawn(opened({ columns: 60, rows: 20 }), 4)).split("\n");
    expect(frame[7]).toBe("1 hippopota…  2 cat         0 zebra       1 hippopota…");
    expect(frame.at(-5)).toBe("0 zebra · 1 hippopotamus · 2 cat");
    const one = act(opened({ columns: 60, rows: 20 }), ...press("c"));
    expect(frameOf(drawn(one)).split("\n")[7]).toBe("0 zebra       0 zebra       0 zebra       0 zebra");
  });

  test("are left out by a key, and in low windows", () => {
    expect(frameOf(drawn(act(opened({ columns: 60, rows: 20 }), ...press("l"))))).not.toContain("zebra");
    expect(frameOf(drawn(opened({ columns: 60, rows: 14 })))).not.toContain("zebra");
  });

  test("have the names of their data set", () => {
    expect(classNamesOf("fashion-mnist")?.[9]).toBe("ankle boot");
    expect(classNamesOf("cifar10")).toBe(cifarClassNames);
    expect(classNamesOf("sprites")?.length).toBeGreaterThan(1);
    for (const name of ["mnist", "folder:/pictures", "constructor"]) expect(classNamesOf(name)).toBe(null);
  });
});

test("surprise has a scale", () => {
  const frame = frameOf(drawn(act(opened({ columns: 60, rows: 20 }), ...press("u"))));
  expect(frame).toContain("0 bits    ..::---==++***##%%@@@ 2 bits a pixel");
});

describe("the history of a noise", () => {
  const raster = (rows: number) =>
    rasterOf(new Uint8Array(36).fill(3, 0, rows * 6), { width: 6, height: 6, channels: 1, levels: 4 });
  const samples = [1, 2, 3].map(
    (epoch) => ({ type: "samples", step: epoch * 10, epoch, file: `${epoch}.png`, count: 2 }) as const,
  );
  const listed = act(
    opened({ columns: 60, rows: 20 }, "runs"),
    { type: "runs-listed", list: [runStatus("a")] },
    { type: "run-told", run: "a", fresh: true, ms: 0, records: samples },
  );
  const noise = {
    run: "a",
    sheets: samples.map(({ file, epoch }) => ({ file, pictures: [raster(epoch), raster(6 - epoch)] })),
  };

  test("is all epochs side by side, one noise at a time", () => {
    const { state, effects } = update(listed, { type: "key", key: "h" });
    expect(effects).toEqual([
      { type: "read-noise", run: "a", directory: "/runs/a", files: ["1.png", "2.png", "3.png"] },
    ]);
    expect(frameOf(state)).toContain("reading 3 sheets …");
    const read = act(state, { type: "noise-read", noise });
    expect(frameOf(act(read, ...press("left")))).toMatchInlineSnapshot(`
      "PixelCNN  sample  [runs]  devices                      60×20
      a: noise 1 of 2 · epoch 2, step 20
      @@@@@@@@@@@@  @@@@@@@@@@@@  @@@@@@@@@@@@
                    @@@@@@@@@@@@  @@@@@@@@@@@@
                                  @@@@@@@@@@@@



      epoch 1       ▸epoch 2      epoch 3
      ← → epoch · ↑ ↓ noise · esc leaves







      ↑↓ run  space overlay  / search  f filter  sS sort  y curve
      l log  o smooth  ,. read  p panes  ←→ epoch  ? all keys"
    `);
    const other = frameOf(act(read, ...press("down", "down"))).split("\n");
    expect(other[1]).toMatch(/^a: noise 2 of 2 · epoch 3, step 30/);
    // Five rows of the first epoch, three of the third.
    expect(other.slice(2, 8).map((line) => line.startsWith("@"))).toEqual([
      true,
      true,
      true,
      true,
      true,
      false,
    ]);
    expect(act(read, ...press("left", "left", "escape")).runs.scrub).toBe(0);
  });

  test("is read from the sheets; one that cannot be read leaves a gap", async () => {
    const directory = join(temporaryFolder(), "run");
    mkdirSync(join(directory, "samples"), { recursive: true });
    const picture = { width: 8, height: 8, channels: 1, levels: 2 };
    const sheet = drawSheet(new Uint8Array(128).fill(1, 0, 64), picture, { columns: 2, scale: 4 });
    writeFileSync(join(directory, "samples", "1.png"), encodePng(sheet));
    writeFileSync(join(directory, "samples", "2.png"), "no picture");
    const sheets = await readSheets(directory, ["samples/1.png", "samples/2.png", "samples/3.png"]);
    expect(sheets.map(({ pictures }) => pictures.length)).toEqual([2, 0, 0]);
    expect(sheets[0]!.pictures[0]!.rgb.every((byte) => byte === 255)).toBe(true);
  });
});

describe("models side by side", () => {
  const size = { columns: 80, rows: 24 };
  const small = { picture: { width: 4, height: 4, channels: 1, levels: 2 }, classes: 2 };
  const smaller = { ...small, classNames: null, weights: 1, dataset: "dots" };
  const besideIs = (index: number, action: SampleAction): AppAction => ({ type: "beside", index, action });
  const pair = act(
    opened(size),
    { type: "add-beside", path: "/models/dots.safetensors" },
    besideIs(0, { type: "model-loaded", path: "/models/dots.safetensors", info: smaller }),
  );
  const all = (state: AppState) => [state.sample, ...state.beside];
  /** What each thread draws, as far as it may. */
  const draw = (state: AppState, position: number, isOtherLate = false): AppState => {
    const frameFor = (sample: SampleState): SampleAction => {
      const { picture } = sample.info!;
      const values = picture.width * picture.height;
      const figures = { sampler: "s", drawnPositions: 0, busyMs: 0, logProbabilities: null };
      const pixels = new Uint8Array(sample.count * values).fill(1);
      const at = Math.min(values, position);
      const frame = { batch: sample.batch, first: 0, count: sample.count, position: at, pixels, ...figures };
      return { type: "frame", id: sample.drawing, frame };
    };
    const others = isOtherLate ? [] : state.beside.map((one, i) => besideIs(i, frameFor(one)));
    return act(state, frameFor(state.sample), ...others);
  };

  test("have the same noise, as many pictures, and obey the same keys", () => {
    const keys = act(pair, ...press("#", "7", "enter", "]", "c", "u", "-"));
    for (const { seed, temperature, classLabel, surprise, count, speed } of all(keys))
      expect([seed, temperature, classLabel, surprise, count, speed]).toEqual([
        ...[7, 1.1, 0, true, pair.sample.count, pair.sample.speed - 1],
      ]);
    // Class 2 is none that the other has.
    expect(all(act(keys, ...press("c", "c"))).map(({ classLabel }) => classLabel)).toEqual([2, null]);
    const full = act(pair, ...press(...Array.from({ length: 9 }, () => "+")));
    for (const sample of all(full)) expect(allowedPositions(sample)).toBeLessThan(Number.POSITIVE_INFINITY);
    expect(act(pair, ...press("B")).beside).toEqual([]);
  });

  test("begin a batch together, whichever is done first", () => {
    let state = draw(pair, 36);
    const second: AppAction = { type: "tick", ms: 1000 };
    const batches: number[][] = [];
    for (let i = 0; i < 24; i++) {
      state = draw(act(state, second), 36, i % 5 !== 4);
      batches.push(all(state).map(({ batch }) => batch));
    }
    for (const [first, other] of batches) expect(first).toBe(other);
    expect(batches.at(-1)![0]).toBeGreaterThan(1);
    // A model that draws nothing keeps nobody waiting.
    const broken = act(
      state,
      besideIs(0, { type: "draw-failed", id: state.beside[0]!.drawing, message: "no" }),
    );
    const on = Array.from({ length: 5 }).reduce((before: AppState) => draw(act(before, second), 36), broken);
    expect(on.sample.batch).toBeGreaterThan(state.sample.batch);
  });

  test("are stepped together until all are done", () => {
    const state = draw(act(pair, ...press("space")), 36);
    const rows = act(state, ...press("/", "/", "/", "/", "/"));
    expect(all(rows).map(({ shown, batch }) => [shown, batch])).toEqual([
      [30, 0],
      [16, 0],
    ]);
    expect(all(act(rows, ...press("/", "/"))).map(({ shown, batch }) => [shown, batch])).toEqual([
      [6, 1],
      [4, 1],
    ]);
  });

  test("each have their name above, and are picked from a list", () => {
    expect(frameOf(act(draw(pair, 36), ...press(">")))).toMatchInlineSnapshot(`
      "PixelCNN [sample]  runs   devices                                          80×24
      zoo                                       dots
      ------------  ------------                @@@@@@@@  @@@@@@@@  @@@@@@@@  @@@@@@@@
      ------------  ------------                @@@@@@@@  @@@@@@@@  @@@@@@@@  @@@@@@@@
      ------------  ------------                @@@@@@@@  @@@@@@@@  @@@@@@@@  @@@@@@@@
      ------------  ------------                @@@@@@@@  @@@@@@@@  @@@@@@@@  @@@@@@@@
      ------------  ------------                0         1         0         1
      ------------  ------------
      0 zebra       1 hippopota…

      ------------  ------------
      ------------  ------------
      ------------  ------------
      ------------  ------------
      ------------  ------------
      ------------  ------------
      2 cat         0 zebra

      0 zebra · 1 hippopotamus · 2 cat
      ⏸ zoo · 6×6 4 levels · seed 0 · temperature 1.0 · all classes · ascii
      s: … · shown 64/s · 36/36 · pictures 0–3
      space play  . pixel  / row  > picture  -+ speed  n new seed  # seed  [] temp
      cC class  m model  bB beside  s sampler  k complete  w PNG  ? all keys"
    `);
    const { state, effects } = update(pair, { type: "key", key: "b" });
    expect(effects).toEqual([{ type: "list-models" }]);
    const list = [{ name: "third", path: "/models/third.safetensors", bytes: 1 }];
    const three = act(state, { type: "models-listed", list }, ...press("enter"));
    expect(three.beside.map(({ path }) => path)).toEqual(["/models/dots.safetensors", list[0]!.path]);
    const four = act(three, { type: "add-beside", path: "x" });
    expect(act(four, ...press("b")).message).toBe("4 models are the most; B drops one");
  });
});
