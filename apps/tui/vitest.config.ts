import { defineConfig } from "vitest/config";

/** What is measured by the clock: run when nothing else is (`test:by-the-clock`). */
const byTheClock = "test/by-the-clock/**/*.test.ts";
const shared = {
  // React as the app has it: the one for development keeps a record of every component that it draws.
  oxc: { jsx: { development: false } },
};
const options = {
  // The files share a process: starting one takes longer than most of them, and none leaves anything behind.
  isolate: false,
  globalSetup: "../../packages/built-app/src/build-once.ts",
  // Frames are compared as text; what is set up on this machine changes no training.
  env: { FORCE_COLOR: "0", NODE_ENV: "production", PIXELCNN_PJRT_PLUGIN: "", PIXELCNN_TENSORFLOW: "" },
  // The tests of the whole app start it in a terminal, and the slowest machine that runs them has two cores.
  testTimeout: 120_000,
  hookTimeout: 60_000,
};

export default defineConfig({
  test: {
    projects: [
      {
        ...shared,
        test: {
          ...options,
          name: "app",
          include: ["test/**/*.test.{ts,tsx}"],
          exclude: [byTheClock],
          provide: { started: ["../../packages/cli/src/main.ts"] },
        },
      },
      { ...shared, test: { ...options, name: "clock", include: [byTheClock] } },
    ],
  },
});
