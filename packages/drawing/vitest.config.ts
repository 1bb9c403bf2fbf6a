import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // The files share a process: loading TensorFlow.js takes longer than most of them, and none leaves anything behind.
    isolate: false,
    globalSetup: "../built-app/src/build-modules.ts",
    provide: { modules: ["src/draw-pictures.ts"] },
    testTimeout: 20_000,
  },
});
