import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // On two cores Vitest would take one file at a time, and the last package of a run leave a core idle.
    maxWorkers: 2, // Compiling takes seconds, and the slowest machine that runs them has two cores.
    testTimeout: 180_000,
    hookTimeout: 60_000,
  },
});
