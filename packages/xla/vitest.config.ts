import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"], // Compiling takes seconds, and the slowest machine that runs them has two cores.
    testTimeout: 180_000,
    hookTimeout: 60_000,
  },
});
