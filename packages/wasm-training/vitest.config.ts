import { defineConfig } from "vitest/config";

// Every test runs twice: on the plain SIMD module and on the relaxed one. Node 20 keeps relaxed SIMD behind a flag.
const once = ["test/generated-kernels-are-current.test.ts", "test/registration-needs-a-backend.test.ts"];

export default defineConfig({
  test: {
    projects: [
      { test: { name: "once", include: once } },
      {
        test: {
          name: "plain",
          include: ["test/**/*.test.ts"],
          exclude: once,
          setupFiles: ["test/without-relaxed-simd.ts"],
        },
      },
      {
        test: {
          name: "relaxed",
          include: ["test/**/*.test.ts"],
          exclude: once,
          setupFiles: ["test/with-relaxed-simd.ts"],
        },
      },
    ],
  },
});
