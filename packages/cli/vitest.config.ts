import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // The files share a process: loading TensorFlow.js takes longer than most of them, and none leaves anything behind.
    isolate: false,
    globalSetup: "../built-app/src/build-once.ts",
    // What is set up on this machine changes no number of a test; those of XLA name its plugin themselves.
    env: {
      PIXELCNN_PJRT_PLUGIN: "",
      PIXELCNN_TENSORFLOW: "",
      XLA_PLUGIN: process.env.PIXELCNN_PJRT_PLUGIN ?? "",
    },
    // Many tests start the real command, and the slowest machine that runs them has two cores.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // TensorFlow.js advertises its native backend once per process.
    onConsoleLog: (log) => !log.includes("install our node backend"),
  },
});
