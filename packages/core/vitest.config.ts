import { defineConfig } from "vitest/config";

/** The whole product of options instead of every pair (`test:full`). */
const full = Boolean(process.env.PIXELCNN_FULL);

export default defineConfig({
  test: {
    // TensorFlow.js advertises its native backend once a process.
    onConsoleLog: (log) => !log.includes("install our node backend"),
    include: ["test/**/*.test.ts"],
    // Every combination of options is one test, and the slowest machine that runs them has two cores.
    testTimeout: full ? 300_000 : 60_000,
  },
});
