import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // The files share a process: starting one takes longer than most of them, and none leaves anything behind.
    isolate: false,
  },
});
