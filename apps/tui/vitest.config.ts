import { defineConfig } from "vitest/config";

export default defineConfig({
  // React as the app has it: the one for development keeps a record of every component that it draws.
  oxc: { jsx: { development: false } },
  test: {
    include: ["test/**/*.test.{ts,tsx}"],
    exclude: ["test/by-the-clock/**"],
    // The files share a process: starting one takes longer than most of them, and none leaves anything behind.
    isolate: false,
    globalSetup: "../../packages/built-app/src/build-once.ts",
    provide: { started: ["../../packages/cli/src/main.ts"] },
    // Frames are compared as text; what is set up on this machine changes no training.
    env: { FORCE_COLOR: "0", NODE_ENV: "production", PIXELCNN_PJRT_PLUGIN: "", PIXELCNN_TENSORFLOW: "" },
    // The tests of the whole app start it in a terminal, and the slowest machine that runs them has two cores.
    testTimeout: 120_000,
    hookTimeout: 60_000,
  },
});
