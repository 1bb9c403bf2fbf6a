import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // The first one unpacks 200 MB.
    testTimeout: 120_000,
  },
});
