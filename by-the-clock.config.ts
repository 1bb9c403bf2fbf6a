/** Tests whose bounds are by the clock. They hold where nothing else runs: after all other tests, one file at a time. */
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const shared = {
  include: ["test/by-the-clock/**/*.test.ts"],
  isolate: false,
  fileParallelism: false,
  testTimeout: 120_000,
};

export default defineConfig({
  test: {
    projects: [
      {
        root: "apps/web",
        test: {
          ...shared,
          name: "web",
          hookTimeout: 180_000,
          sequence: { groupOrder: 1 },
          expect: { poll: { timeout: 90_000 } },
        },
      },
      {
        root: "apps/tui",
        // React as the app has it: the one for development keeps a record of every component that it draws.
        oxc: { jsx: { development: false } },
        test: {
          ...shared,
          name: "tui",
          hookTimeout: 60_000,
          // One project after the other.
          sequence: { groupOrder: 2 },
          globalSetup: fileURLToPath(new URL("packages/built-app/src/build-once.ts", import.meta.url)),
          env: {
            FORCE_COLOR: "0",
            NODE_ENV: "production",
            PIXELCNN_PJRT_PLUGIN: "",
            PIXELCNN_TENSORFLOW: "",
          },
        },
      },
    ],
  },
});
