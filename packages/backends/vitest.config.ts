import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    // TensorFlow.js advertises its native backend once per process.
    onConsoleLog: (log) => !log.includes("install our node backend"),
    include: ["test/**/*.test.ts"],
    // The files share a process: loading TensorFlow.js takes longer than most of them, and none leaves anything behind.
    isolate: false,
    // On two cores Vitest would take one file at a time, and the last package of a run leave a core idle.
    maxWorkers: 2,
    globalSetup: "../built-app/src/build-modules.ts",
    provide: {
      modules: [
        "test/support/begin-again-in-a-process.ts",
        "test/support/make-whole-in-a-process.ts",
        "test/support/start-in-a-process.ts",
        "test/support/train-in-a-process.ts",
        "test/support/wait-in-a-process.ts",
        "src/wasm/parallel-gradients.ts",
      ],
    },
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
