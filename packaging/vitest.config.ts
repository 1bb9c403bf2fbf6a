import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    globalSetup: "test/pack-once.ts",
    // What is set up on this machine changes no training.
    env: { PIXELCNN_PJRT_PLUGIN: "", PIXELCNN_TENSORFLOW: "" },
    testTimeout: 300_000,
    hookTimeout: 300_000,
    // Each file installs and builds: one at a time is faster on a small machine.
    fileParallelism: false,
    // They share a process: each would read core's sources and TypeScript again.
    isolate: false,
  },
});
