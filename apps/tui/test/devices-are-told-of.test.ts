import { expect, test } from "vitest";
import { type AppAction, type AppState, initialState } from "../src/app/state.ts";
import { update } from "../src/app/update.ts";
import { parseGpus } from "../src/devices/read-gpus.ts";
import { HostReader } from "../src/devices/read-host.ts";
import type { HostReading } from "../src/devices/state.ts";
import { runStatus } from "./support/fixtures.ts";
import { frameOf } from "./support/frame.tsx";

const host: HostReading = {
  ...{ processor: "Example 9000", cores: 8, busy: 0.25, appBusy: 0.031 },
  ...{ memory: 16 * 2 ** 30, memoryFree: 12 * 2 ** 30, appMemory: 161 * 2 ** 20 },
};

function act(state: AppState, ...actions: AppAction[]): AppState {
  return actions.reduce((before, action) => update(before, action).state, state);
}

const opened = initialState({
  ...{ path: "m", runsRoot: "/runs", size: { columns: 80, rows: 24 }, view: "devices" },
  capabilities: { colour: 0, unicode: true, graphics: null },
});

test("the view has engine, memory and speed of all that computes", () => {
  const answers = [
    ["cuda", { works: false, reason: "expected an NVIDIA driver, found none", fix: "install one" }],
    [
      "wasm",
      {
        ...{ works: true as const, device: "SIMD, 2 threads", version: "1", memoryBytes: null, trains: true },
        ...{ samples: true, productGflops: 20, forwardGflops: 12.345, backwardGflops: 101.5 },
      },
    ],
    ["cpu", "trying"],
  ] as const;
  const state = act(
    opened,
    ...[0.1, 0.5, 0.25].map(
      (busy): AppAction => ({
        ...{ type: "devices-read", host: { ...host, busy } },
        gpus: parseGpus("NVIDIA H100, 17, 81559, 1024\n"),
      }),
    ),
    {
      type: "runs-listed",
      list: [runStatus("live", { standing: "training", progress: 0.5 }), runStatus("old")],
    },
    ...answers.map(([engine, answer]): AppAction => ({ type: "engine-tried", engine, answer })),
  );
  expect(frameOf(state)).toMatchInlineSnapshot(`
    "PixelCNN  sample   runs  [devices]                                         80×24
      Processor   Example 9000, 8 cores
                  █████───────────────  25% busy ▁▄▂
      Memory      █████───────────────  25% of 16.0 GB
      This app    3.1% of a core · 161 MB
      GPU         NVIDIA H100
                  ███─────────────────  17% busy
                  ────────────────────   1% of 79.6 GB

    Drawing
                  nothing is drawn

    Trainings
                  live · wasm · 50.0 pictures/s · 50.0%

    Engines: device, memory, speed of a 3×3 convolution forward and backward
      cuda        no: expected an NVIDIA driver, found none
      wasm        SIMD, 2 threads · 12, 102 GFLOP/s
      cpu         trying …



    e try engines  ↑↓ scroll  tab samples  ? help  q quit"
  `);
  expect(update(state, { type: "key", key: "e" }).state.message).toBe("they are being tried");
  expect(update(opened, { type: "key", key: "e" }).effects).toEqual([{ type: "try-engines" }]);
  expect(frameOf(opened)).toContain("not tried yet; e tries them");
});

test("what cards tell is read, and what they do not is left out", () => {
  expect(parseGpus("A, B, [N/A], 1024, 512\nTesla T4, 50, 2, 1\n\nno card\n")).toEqual([
    { name: "A, B", busy: null, memory: 2 ** 30, memoryUsed: 2 ** 29 },
    { name: "Tesla T4", busy: 0.5, memory: 2 * 2 ** 20, memoryUsed: 2 ** 20 },
  ]);
});

test("the machine says what it has, and after a while how busy it was", async () => {
  const reader = new HostReader();
  const first = reader.read();
  expect([first.busy, first.appBusy]).toEqual([null, null]);
  expect(first.memory).toBeGreaterThan(first.memoryFree);
  expect(first.appMemory).toBeGreaterThan(2 ** 20);
  const until = performance.now() + 120;
  while (performance.now() < until);
  const second = reader.read();
  expect(second.busy).toBeGreaterThan(0);
  expect(second.busy).toBeLessThanOrEqual(1);
  expect(second.appBusy).toBeGreaterThan(0);
});
