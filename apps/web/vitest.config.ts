import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // The files share a process: starting one takes longer than most of them, and none leaves anything behind.
    isolate: false,
    globalSetup: "test/support/serve-browser.ts",
    // Two at a time on two cores: what a page waits for is seldom the processor.
    maxWorkers: 2,
    // A browser in software on a busy machine.
    testTimeout: 120_000,
    hookTimeout: 180_000,
  },
});
