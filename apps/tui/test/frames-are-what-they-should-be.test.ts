// What every view looks like at several sizes: one long list of frames, so one file.
import { rasterOf } from "@pixelcnn/pictures";
import { describe, expect, test } from "vitest";
import { runKeys, sampleKeys } from "../src/app/keys.ts";
import { type AppAction, type AppState, initialState, type WindowSize } from "../src/app/state.ts";
import { update } from "../src/app/update.ts";
import type { RunStatus } from "../src/runs/run-status.ts";
import { config, evaluationRecord, runStatus, stepRecord } from "./support/fixtures.ts";
import { frameOf } from "./support/frame.tsx";

const info = {
  picture: { width: 8, height: 8, channels: 1, levels: 4 },
  classes: 2,
  classNames: null,
  weights: 1234,
  dataset: "glyphs",
};
const window = {
  small: { columns: 40, rows: 12 },
  usual: { columns: 80, rows: 24 },
  large: { columns: 200, rows: 60 },
};

function started(size: WindowSize, ...actions: AppAction[]): AppState {
  const state = initialState({
    ...{ path: "/models/tiny.safetensors", runsRoot: "/runs", size, view: "sample" },
    capabilities: { colour: 0, unicode: true, graphics: null },
  });
  return act(state, { type: "model-loaded", path: state.sample.path, info }, ...actions);
}

function act(state: AppState, ...actions: AppAction[]): AppState {
  return actions.reduce((before, action) => update(before, action).state, state);
}

/** A diagonal that goes up in level, in every picture. */
function drawing(state: AppState, position: number): AppAction {
  const { count } = state.sample;
  const pixels = Uint8Array.from({ length: count * 64 }, (_, i) => {
    const [x, y] = [i % 8, Math.floor((i % 64) / 8)];
    return x === y ? 3 : Math.abs(x - y) === 1 ? 1 : 0;
  });
  const logProbabilities = Float32Array.from(pixels, (level) => -level);
  return {
    ...{ type: "frame", id: state.sample.drawing },
    frame: {
      ...{ batch: 0, first: 0, count, position, pixels, logProbabilities },
      ...{ sampler: "incremental SIMD", drawnPositions: 64 * count, busyMs: 10 },
    },
  };
}

function drawn(size: WindowSize, shown: number, ...actions: AppAction[]): AppState {
  const state = started(size, { type: "style", style: "ascii" }, ...actions);
  return act(
    state,
    drawing(state, 64),
    ...Array.from({ length: shown }, () => ({ type: "tick", ms: 1000 / 64 }) as const),
  );
}

function runs(size: WindowSize): AppState {
  const records = Array.from({ length: 40 }, (_, i) =>
    stepRecord(i + 1, 40 + 200 / (i + 3), { epoch: i < 20 ? 1 : 2, progress: (i + 1) / 80 }),
  );
  const ring = rasterOf(Uint8Array.of(...[1, 1, 1, 1], ...[1, 0, 0, 1], ...[1, 0, 0, 1], ...[1, 1, 1, 1]), {
    ...{ width: 4, height: 4, channels: 1, levels: 2 },
  });
  const list = [
    runStatus("finished", {}),
    runStatus("live", { standing: "training", epoch: 2, testNats: 55.25 }),
    runStatus("spoilt", { standing: "damaged", trouble: "its config.json is missing or damaged" }),
  ];
  const told: AppAction = {
    ...{ type: "run-told", run: "live", fresh: true, ms: 0 },
    records: [
      { type: "started", time: "t", weights: 1234, backend: "wasm" },
      ...records,
      evaluationRecord(20, 1, 58),
      evaluationRecord(40, 2, 55.25),
      { type: "samples", step: 20, epoch: 1, file: "a.png", count: 2 },
      { type: "samples", step: 40, epoch: 2, file: "b.png", count: 2 },
    ],
  };
  return act(
    started(size, { type: "key", key: "tab" }),
    { type: "runs-listed", list },
    told,
    {
      type: "run-told",
      run: "live",
      fresh: false,
      ms: 8000,
      records: [stepRecord(41, 44, { epoch: 2, progress: 0.6 })],
    },
    { type: "sheet-read", sheet: { run: "live", file: "b.png", pictures: [ring, ring], failure: null } },
  );
}

describe("the sample view", () => {
  test("grows pictures, the next position marked", () => {
    expect(frameOf(drawn(window.usual, 30))).toMatchInlineSnapshot(`
      "PixelCNN [sample]  runs   devices                                          80×24
      @@--              @@--              @@--              @@--
      --@@--            --@@--            --@@--            --@@--
        --@@--            --@@--            --@@--            --@@--
          --@@--  []        --@@--  []        --@@--  []        --@@--  []




      0                 1                 0                 1
      @@--              @@--              @@--              @@--
      --@@--            --@@--            --@@--            --@@--
        --@@--            --@@--            --@@--            --@@--
          --@@--  []        --@@--  []        --@@--  []        --@@--  []




      0                 1                 0                 1
      ▶ tiny · 8×8 4 levels · seed 0 · temperature 1.0 · all classes · ascii
      incremental SIMD: 800 pictures/s, 51,200 positions/s · shown 64/s · 30/64
      space play  . pixel  / row  > picture  -+ speed  n new seed  # seed  [] temp
      cC class  m model  bB beside  s sampler  k complete  w PNG  ? all keys"
    `);
  });

  test("is the same with less in a small window", () => {
    expect(frameOf(drawn(window.small, 64))).toMatchInlineSnapshot(`
      "PixelCNN [sample]  runs   devices  40×12
      ⠑⢄    ⠑⢄    ⠑⢄    ⠑⢄    ⠑⢄    ⠑⢄    ⠑⢄
        ⠑⢄    ⠑⢄    ⠑⢄    ⠑⢄    ⠑⢄    ⠑⢄    ⠑⢄
      ⠑⢄    ⠑⢄    ⠑⢄    ⠑⢄    ⠑⢄    ⠑⢄    ⠑⢄
        ⠑⢄    ⠑⢄    ⠑⢄    ⠑⢄    ⠑⢄    ⠑⢄    ⠑⢄
      ⠑⢄    ⠑⢄    ⠑⢄    ⠑⢄    ⠑⢄    ⠑⢄    ⠑⢄
        ⠑⢄    ⠑⢄    ⠑⢄    ⠑⢄    ⠑⢄    ⠑⢄    ⠑⢄

      ▶ tiny · seed 0 · temp 1.0 · all classe…
      incremental SIMD: 2,100 pictures/s · sh…
      space play  . pixel  / row  ? all keys"
    `);
  });

  test("shows surprise as heat", () => {
    expect(frameOf(drawn(window.small, 64, { type: "surprise" }))).toMatchInlineSnapshot(`
      "PixelCNN [sample]  runs   devices  40×12
      ⠙⢄    ⠙⢄    ⠙⢄    ⠙⢄    ⠙⢄    ⠙⢄    ⠙⢄
        ⠙⢄    ⠙⢄    ⠙⢄    ⠙⢄    ⠙⢄    ⠙⢄    ⠙⢄
      ⠙⢄    ⠙⢄    ⠙⢄    ⠙⢄    ⠙⢄    ⠙⢄    ⠙⢄
        ⠙⢄    ⠙⢄    ⠙⢄    ⠙⢄    ⠙⢄    ⠙⢄    ⠙⢄
      ⠙⢄    ⠙⢄    ⠙⢄    ⠙⢄    ⠙⢄    ⠙⢄    ⠙⢄
        ⠙⢄    ⠙⢄    ⠙⢄    ⠙⢄    ⠙⢄    ⠙⢄    ⠙⢄

      ▶ tiny · seed 0 · temp 1.0 · all classe…
      incremental SIMD: 2,100 pictures/s · sh…
      space play  . pixel  / row  ? all keys"
    `);
  });

  test("says what is wrong with a model", () => {
    const state = started(window.small);
    const message = "expected 10 bytes of tensors, got 5; the file is cut or damaged";
    expect(
      frameOf(act(state, { type: "model-failed", path: state.sample.path, message })),
    ).toMatchInlineSnapshot(`
      "PixelCNN [sample]  runs   devices  40×12
      Nothing can be drawn. expected 10 bytes
      of tensors, got 5; the file is cut or
      damaged
      m picks another model.



      ▶ tiny · seed 0 · temp 1.0 · all classe…
      space play  . pixel  / row  ? all keys
      "
    `);
  });

  test("lets a sampler be picked", () => {
    const state = act(drawn(window.usual, 64), { type: "key", key: "s" }, { type: "key", key: "down" });
    expect(frameOf(state)).toMatchInlineSnapshot(`
      "PixelCNN [sample]  runs   devices                                          80×24
      Samplers: they all draw the same pictures
        incremental  every activation once, WebAssembly SIMD
      > scalar       every activation once, plain TypeScript
        naive        the whole network for every value, TensorFlow.js
        fixed-point  whole pictures again until nothing changes, TensorFlow.js
      ↑ ↓ move · enter picks · esc leaves












      ▶ tiny · 8×8 4 levels · seed 0 · temperature 1.0 · all classes · ascii
      incremental SIMD: 800 pictures/s, 51,200 positions/s · shown 64/s · 64/64
      space play  . pixel  / row  > picture  -+ speed  n new seed  # seed  [] temp
      cC class  m model  bB beside  s sampler  k complete  w PNG  ? all keys"
    `);
  });

  test("lets the top rows be typed", () => {
    const keys = ["k", "space", "right", "4"].map((key) => ({ type: "key", key }) as const);
    expect(frameOf(act(drawn(window.usual, 64), ...keys))).toMatchInlineSnapshot(`
      "PixelCNN [sample]  runs   devices                                          80×24
      The top 4 of 8 rows, row 3, column 6
      │                │
      │                │
      │        @@[]    │
      │                │
      │                │
      │                │
      │                │
      │                │
      arrows move · space or 0–9 paint · [ ] rows · l load a picture · x wipe
      enter completes them · n draws without · esc leaves







      ▶ tiny · 8×8 4 levels · seed 0 · temperature 1.0 · all classes · ascii
      incremental SIMD: 800 pictures/s, 51,200 positions/s · shown 64/s · 64/64
      space play  . pixel  / row  > picture  -+ speed  n new seed  # seed  [] temp
      cC class  m model  bB beside  s sampler  k complete  w PNG  ? all keys"
    `);
  });
});

test("a long name of a model leaves all sizes in sight", () => {
  const model = (name: string, bytes: number) => ({ name, path: `/models/${name}`, bytes });
  const list = [
    model("tiny", 44_300),
    model(`${"long-".repeat(30)}run, newest`, 812),
    model("large", 1.34e6),
  ];
  const opened = act(drawn(window.usual, 30), { type: "key", key: "m" }, { type: "models-listed", list });
  const lines = frameOf(opened).split("\n");
  for (const size of ["44 kB", "812 B", "1.3 MB"])
    expect(lines.filter((line) => line.trimEnd().endsWith(` ${size}`))).toHaveLength(1);
});

test("top rows that are higher than the window are shown around the cursor", () => {
  const high = { ...info, picture: { width: 16, height: 28, channels: 1, levels: 2 } };
  const state = act(started(window.usual, { type: "style", style: "ascii" }), {
    type: "model-loaded",
    path: "/models/tiny.safetensors",
    info: high,
  });
  const bits7 = { ...state, capabilities: { colour: 0, unicode: false, graphics: null } as const };
  const keys = ["k", ...Array.from({ length: 30 }, () => "]"), ...Array.from({ length: 30 }, () => "down")];
  const frame = frameOf(act(bits7, ...keys.map((key) => ({ type: "key", key }) as const)));
  expect(frame).toContain("The top 27 of 28 rows, row 27, column 9");
  expect(frame).toContain("[]");
  expect(frame).toContain("enter completes them");
});

describe.each([
  ["sample", sampleKeys],
  ["runs", runKeys],
] as const)("the help of the %s view", (view, bindings) => {
  test("has every key in the smallest window too, by scrolling, and finds what is typed", () => {
    const open = act({ ...started(window.small), view }, { type: "key", key: "?" });
    const seen = new Set<string>();
    for (let i = 0; i < 2 * bindings.length; i++) {
      const down = Array.from({ length: i }, () => ({ type: "key", key: "down" }) as const);
      const frame = frameOf(act(open, ...down));
      expect(frame).toContain("esc closes · type to search · ↑ ↓ scroll");
      expect(frame).not.toContain("…");
      // A description goes on below itself, beside marks of what is scrolled away.
      const words = frame.replaceAll(/ *[│█]?\n */g, " ");
      for (const { shown, about } of bindings)
        if (words.includes(`${shown.padEnd(9)} ${about}`)) seen.add(shown);
    }
    expect(seen).toEqual(new Set(bindings.map(({ shown }) => shown)));
    const typed = (text: string) =>
      frameOf(act(open, ...[...text].map((key) => ({ type: "key", key }) as const))).split("\n");
    expect(typed("this screen")).toMatchObject({ 1: expect.stringMatching(/^Keys: this screen +1 of \d+/) });
    expect(typed("this screen")[2]).toMatch(/^\? +this screen/);
    // A key itself comes first.
    expect(typed("q")[2]).toMatch(/^q +leave/);
    expect(typed("zzz")[1]).toMatch(/^Keys: zzz +0 of /);
    const back = act(open, { type: "key", key: "x" }, { type: "key", key: "escape" });
    expect(back.overlay).toEqual({ type: "help", text: "", top: 0 });
    for (const key of ["escape", "enter", "?"]) expect(act(back, { type: "key", key }).overlay).toBe(null);
  });
});

test("nothing grows while the runs are looked at", () => {
  const before = act(drawn(window.usual, 10), { type: "key", key: "tab" });
  expect(act(before, { type: "tick", ms: 1000 })).toBe(before);
  const back = act(before, { type: "key", key: "tab" }, { type: "key", key: "tab" });
  expect(act(back, { type: "tick", ms: 1000 }).sample.shown).toBeGreaterThan(back.sample.shown);
});

describe("the run view", () => {
  test("shows list, figures, curves and samples", () => {
    expect(frameOf(runs(window.usual))).toMatchInlineSnapshot(`
      "PixelCNN  sample  [runs]  devices                                          80×24
          run                                standing     epoch      step  test nats
          finished                           finished         2        40      55.50
      >   live                               training         2        40      55.25
          spoilt                             damaged: its config.json is missing or…
      live: training · epoch 2 · step 41 · 60.0% · 33 s left · 50.0 pictures/s
      train 44.00 nats 0.6348 bits/dim · test 55.25 nats 0.7971 bits/dim
      gated on glyphs · 1,234 weights · wasm, 1 worker · learning rate 1.00e-3
      nats  ─ train  ─ test  smoothing 0.9            samples 2/2: epoch 2, step 40
         91.29│⠉⠉⢇                                    ⣏⣹  ⣏⣹
              │  ⠘⡄
              │   ⠘⡄
              │    ⠘⡄
              │     ⠈⠢⡀
         68.90│       ⠈⢆
              │         ⠑⢄⡀
              │           ⠈⠑⢄   ⢀
              │              ⠉⠒⠤⠽⣉⠉⠑⠒⠒⠒⠒⠒⠢⠤⠤⠤⠤⠤⢄⣀⣀⣠⡀
              │                   ⠉⠑⠢⠤⢄⣀⣀         ⠈
         46.51│                          ⠉⠉⠒⠒⠒⠢⠤⠤⢄⣀⣀
              └step 1─────────────────────────────41
      ↑↓ run  space overlay  / search  f filter  sS sort  y curve  l log  o smooth
      ,. read  p panes  ←→ epoch  h history  d differ  t train  x stop  ? all keys"
    `);
  });

  test("has a cursor at the epoch that is looked at", () => {
    expect(frameOf(act(runs(window.usual), { type: "scrub", to: "back" }))).toMatchInlineSnapshot(`
      "PixelCNN  sample  [runs]  devices                                          80×24
          run                                standing     epoch      step  test nats
          finished                           finished         2        40      55.50
      >   live                               training         2        40      55.25
          spoilt                             damaged: its config.json is missing or…
      live: training · epoch 2 · step 41 · 60.0% · 33 s left · 50.0 pictures/s
      train 44.00 nats 0.6348 bits/dim · test 55.25 nats 0.7971 bits/dim
      gated on glyphs · 1,234 weights · wasm, 1 worker · learning rate 1.00e-3
      nats at 20  ─ train 55.55  ─ test 58.00  smoo…  samples 1/2: epoch 1, step 20
         91.29│⠉⠉⢇              ⠨                     ⣏⣹  ⣏⣹
              │  ⠘⡄             ⠨
              │   ⠘⡄            ⠨
              │    ⠘⡄           ⠨
              │     ⠈⠢⡀         ⠨
         68.90│       ⠈⢆        ⠨
              │         ⠑⢄⡀     ⠨
              │           ⠈⠑⢄   ⢨
              │              ⠉⠒⠤⠽⣉⠉⠑⠒⠒⠒⠒⠒⠢⠤⠤⠤⠤⠤⢄⣀⣀⣠⡀
              │                 ⠨ ⠉⠑⠢⠤⢄⣀⣀         ⠈
         46.51│                 ⠨        ⠉⠉⠒⠒⠒⠢⠤⠤⢄⣀⣀
              └step 1─────────────────────────────41
      ↑↓ run  space overlay  / search  f filter  sS sort  y curve  l log  o smooth
      ,. read  p panes  ←→ epoch  h history  d differ  t train  x stop  ? all keys"
    `);
  });

  test("is a list with figures in a small window", () => {
    expect(frameOf(runs(window.small))).toMatchInlineSnapshot(`
      "PixelCNN  sample  [runs]  devices  40×12
          run ↓ 1     standing     test nats
          finished    finished         55.50 █
      >   live        training         55.25 │
      live: training · epoch 2 · step 41 · 60…
      train 44.00 nats 0.6348 bits/dim · test…
      gated on glyphs · 1,234 weights · wasm,…
      nats  ─ train  ─ test  smoothing 0.9
         68.90│⠉⠉⠉⠒⠒⠒⠢⠤⠤⠤⠤⠤⠤⠤⢴⠤⢤⣤⣤⣤⣤⣤⣤⣤⣤⣤⣤⣤⣤⣴⣄
              └step 1───────────────────────41
      ↑↓ run  space overlay  ? all keys"
    `);
  });

  test("says how many runs lie above and below, and scrolls to the selected one", () => {
    const list = Array.from({ length: 14 }, (_, i) => runStatus(`run-${i + 1}`, {}));
    const listed = act(started(window.usual, { type: "key", key: "tab" }), { type: "runs-listed", list });
    const rowsOf = (state: AppState) => frameOf(state).split("\n").slice(1, 6);
    expect(rowsOf(listed).map((line) => line.slice(0, 20).trimEnd())).toEqual([
      ...["    run ↓ 10", ">   run-1", "    run-2", "    run-3", "    run-4"],
    ]);
    // A higher window shows more of them.
    const high = act(listed, { type: "resize", size: { columns: 120, rows: 40 } });
    expect(frameOf(high).split("\n").slice(1, 9)[0]).toMatch(/^ {4}run ↓ 7 /);
    expect(frameOf(high).match(/run-\d+ +finished/g)).toHaveLength(7);
    const down = (presses: number) =>
      act(listed, ...Array.from({ length: presses }, () => ({ type: "key", key: "down" }) as const));
    expect(rowsOf(down(6)).map((line) => line.slice(0, 20).trimEnd())).toEqual([
      ...["    run ↑ 4 ↓ 6", "    run-5", "    run-6", ">   run-7", "    run-8"],
    ]);
    expect(rowsOf(down(13)).map((line) => line.slice(0, 20).trimEnd())).toEqual([
      ...["    run ↑ 10", "    run-11", "    run-12", "    run-13", ">   run-14"],
    ]);
  });

  test("says why there is no sheet, and draws with no model that is not there", () => {
    const enter = { type: "key", key: "enter" } as const;
    const one = (rest: Partial<RunStatus>) =>
      act(started(window.usual, { type: "key", key: "tab" }), {
        ...{ type: "runs-listed", list: [runStatus("one", rest)] },
      });
    const without = one({ config: { ...config, samples: 0 } });
    expect(frameOf(without)).toContain("none: trained with --samples 0");
    const begun = one({ standing: "training", hasModel: false });
    expect(frameOf(begun)).toContain("no samples yet");
    const message = "one has no model to draw with yet: it comes with the first checkpoint";
    expect(act(begun, enter)).toMatchObject({ view: "runs", message });
    expect(act(one({ hasModel: false }), enter).message).toBe("one has no model to draw with");
    expect(act(one({}), enter)).toMatchObject({ view: "sample", message: "" });
    const unread = started(window.usual, { type: "key", key: "tab" });
    expect(act(unread, enter).message).toBe("the runs are still being read");
    expect(act(unread, { type: "runs-listed", list: [] }, enter).message).toBe(
      "there is no run; t starts one",
    );
    const coming = act(one({}), { type: "select-named-run", run: "two" });
    expect(act(coming, enter).message).toBe("two is not there yet");
  });

  test("has a form for a training", () => {
    expect(frameOf(act(runs(window.usual), { type: "key", key: "t" }))).toMatchInlineSnapshot(`
      "PixelCNN  sample  [runs]  devices                                          80×24
      Start a training
      > data set  ‹ glyphs ›
        model     ‹ gated ›
        size      ‹ small ›  16 channels, 3 layers
        epochs    1  passes over the training pictures
      ↑ ↓ field · ← → choice · digits · enter starts · esc leaves
      It is a process of its own and goes on when this app ends; x stops it.













      ↑↓ run  space overlay  / search  f filter  sS sort  y curve  l log  o smooth
      ,. read  p panes  ←→ epoch  h history  d differ  t train  x stop  ? all keys"
    `);
  });

  test("says when there are no runs", () => {
    const state = started(window.small, { type: "key", key: "tab" }, { type: "runs-listed", list: [] });
    expect(frameOf(state)).toMatchInlineSnapshot(`
      "PixelCNN  sample  [runs]  devices  40×12
      There are no runs in /runs.
      t starts a training.







      ↑↓ run  space overlay  ? all keys"
    `);
  });
});

test.each(Object.values(window))("no frame is larger than $columns×$rows less its last row", (size) => {
  const keys = (...names: string[]) => names.map((key) => ({ type: "key", key }) as const);
  const samples = drawn(size, 30);
  const states = [
    samples,
    runs(size),
    ...["?", "m", "s", "k", "#"].map((key) => act(samples, ...keys(key))),
    ...["?", "t", "x"].map((key) => act(runs(size), ...keys(key))),
    act(samples, { type: "message", text: "long ".repeat(60) }),
  ];
  for (const state of states) {
    const lines = frameOf(state).split("\n");
    expect(lines).toHaveLength(size.rows - 1);
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(size.columns);
  }
});
