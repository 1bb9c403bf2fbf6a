import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // The files share a process: TensorFlow is loaded once.
    isolate: false,
    maxWorkers: 1,
    // What TensorFlow finds on this machine, and that it is optimised for it, is nobody's concern here.
    env: { TF_CPP_MIN_LOG_LEVEL: "3" },
    testTimeout: 120_000,
    hookTimeout: 60_000,
  },
});
