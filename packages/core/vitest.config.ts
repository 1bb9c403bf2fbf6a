import { defineConfig } from "vitest/config";
// Not by its name: Node itself loads what a configuration names, and it knows no TypeScript.
import { hasSoftwareDriver, softwareDriver } from "../software-gpu/src/index.ts";

const shader = "test/samplers/shader/**/*.test.ts";
const memory = "test/samplers/incremental/memory-stays-constant.test.ts";

export default defineConfig(async ({ mode }) => {
  // The whole product of options instead of every pair (`test:full`); the tests ask for the variable.
  if (mode === "full") process.env.PIXELCNN_FULL = "1";
  const full = Boolean(process.env.PIXELCNN_FULL);
  const shared = {
    // Every combination of options is one test, and the slowest machine that runs them has two cores.
    testTimeout: full ? 300_000 : 60_000,
    setupFiles: ["test/support/arrays-of-numbers-are-compared-at-once.ts"],
  };
  return {
    test: {
      // TensorFlow.js advertises its native backend once per process.
      onConsoleLog: (log: string) => !log.includes("install our node backend"),
      projects: [
        {
          test: {
            ...shared,
            name: "processor",
            include: ["test/**/*.test.ts"],
            exclude: [shader, memory],
            // The files share a process: loading TensorFlow.js takes longer than most of them, and none leaves anything behind.
            isolate: false,
          },
        },
        // It collects garbage a hundred times, which takes ten times as long where all the others' is held as well.
        { test: { ...shared, name: "memory", include: [memory] } },
        {
          test: {
            ...shared,
            name: "gpu",
            include: [shader],
            // Read when a process starts.
            env: hasSoftwareDriver ? await softwareDriver() : {},
            // A GPU in software takes all cores as it is. One process loads TensorFlow.js and Dawn for all files.
            fileParallelism: false,
            isolate: false,
            // Vitest wants as many workers for all projects that run at a time.
            sequence: { groupOrder: 1 },
            // Compiling takes most of a test: up to half a minute beside those of other packages, and some times that on a busy machine.
            testTimeout: full ? 600_000 : 120_000,
            hookTimeout: 120_000,
          },
        },
      ],
    },
  };
});
