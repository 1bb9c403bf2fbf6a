import { defineConfig } from "vitest/config";

/** What is measured by the clock: run when nothing else is (`test:by-the-clock`). */
const byTheClock = "test/by-the-clock/**/*.test.ts";
const shared = {
  // The files share a process and its browser: starting one takes longer than most of them, and none leaves anything behind.
  isolate: false,
  // A browser in software on a busy machine.
  testTimeout: 120_000,
  hookTimeout: 180_000,
  expect: { poll: { timeout: 90_000 } },
};

export default defineConfig({
  test: {
    // Two at a time on two cores: what a page waits for is seldom the processor.
    maxWorkers: 2,
    projects: [
      { test: { ...shared, name: "pages", include: ["test/**/*.test.ts"], exclude: [byTheClock] } },
      { test: { ...shared, name: "clock", include: [byTheClock], fileParallelism: false } },
    ],
  },
});
