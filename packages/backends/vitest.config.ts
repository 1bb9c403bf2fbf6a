import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    // TensorFlow.js advertises its native backend once a process.
    onConsoleLog: (log) => !log.includes("install our node backend"),
    include: ["test/**/*.test.ts"],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
